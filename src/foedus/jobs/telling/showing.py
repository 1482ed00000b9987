"""Results that show themselves: in a terminal, in a notebook, as a page."""

from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from rich.console import Console

from foedus.jobs.telling.files import write_files

_WIDTH = 100
_NOTEBOOK = '<pre style="white-space: pre; overflow-x: auto; line-height: 1.3">{code}</pre>'


class JobResult:
    """What a job gives; whoever holds it can print it, look at it in a notebook, and write its files."""

    @property
    def contents(self) -> Mapping[str, bytes]:
        """The files that it can be written to, by name; none for a result that is only shown."""
        return {}

    def print_on(self, console: Console) -> None:
        """Print it."""
        raise NotImplementedError

    def write(self, folder: Path | str) -> tuple[Path, ...]:
        """Write its files into a folder, all of them or none; raise `WrongRequest` where that cannot be done."""
        return write_files(self.contents, folder=Path(folder))

    def __str__(self) -> str:
        return self._printed().export_text().rstrip()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self._printed().export_html(code_format=_NOTEBOOK, inline_styles=True)

    def _printed(self) -> Console:
        console = Console(file=StringIO(), record=True, width=_WIDTH, highlight=False, emoji=False, force_jupyter=False)
        self.print_on(console)
        return console


def print_sentences(sentences: Iterable[str], *, console: Console) -> None:
    """Print each sentence on a line of its own, whole; text from files is never read as markup."""
    for sentence in sentences:
        console.print(sentence, markup=False, emoji=False, soft_wrap=True)
