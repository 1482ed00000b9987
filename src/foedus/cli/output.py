"""The output stream: what a pipe or a terminal cannot take costs a sign or a table, never a result or the exit code."""

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

_PLAINER = {
    "\u2212": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2264": "<=",
    "\u2265": ">=",
    "\u00d7": "x",
    "\u00b7": ".",
    "\u2022": "*",
    "\u2192": "->",
    "\u2020": "+",
    "\u2021": "++",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2500": "-",
    "\u2501": "-",
    "\u2502": "|",
    "\u2588": "#",
}
"""Signs in words that every output has; a minus must never be lost. Any other that is lacking is a question mark."""
_HANDLER = "foedus.plainer"


class Output(io.TextIOBase):
    """Text to a stream that may lack signs, be full, or be closed by its reader; what went wrong is kept."""

    def __init__(self, stream: TextIO | None) -> None:
        self.failure: OSError | None = None
        """What kept something from being written; None where all was, or the reader wanted no more."""
        self._stream = stream
        self._is_over = stream is None

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the base class has an attribute
        """How text becomes bytes."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    def write(self, text: str, /) -> int:
        """Write text, lacking signs in other words; nothing more once the stream has failed."""
        if not self._is_over and self._stream is not None:
            with self._kept():
                self._stream.write(text.encode(self.encoding, _HANDLER).decode(self.encoding))
        return len(text)

    def flush(self) -> None:
        """Pass on what was written."""
        if not self._is_over and self._stream is not None:
            with self._kept():
                self._stream.flush()

    @property
    def buffer(self) -> BinaryIO | None:
        """The bytes beneath, for whoever writes bytes, as click does for a shell that asks for completions."""
        return getattr(self._stream, "buffer", None)

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """Return the number of the stream beneath."""
        if self._stream is None:
            raise OSError("there is no output")
        return self._stream.fileno()

    def writable(self) -> bool:
        """Tell that it can be written to: it always can."""
        return True

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            self._give_up()
        except OSError as error:
            self.failure = error
            self._give_up()

    def _give_up(self) -> None:
        """Lead what is still in the stream's own memory nowhere, so that the end of the program does not fail on it."""
        self._is_over = True
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            return  # a stream without a number, such as one in memory


@contextmanager
def forgiving_output() -> Iterator[Output]:
    """Put an `Output` in the place of standard output."""
    before = sys.stdout
    output = Output(before)
    sys.stdout = output
    try:
        yield output
    finally:
        output.flush()
        sys.stdout = before


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAINER.get(sign, "?") for sign in lacking), error.end


codecs.register_error(_HANDLER, _plainer)
