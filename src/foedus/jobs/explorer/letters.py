"""A text in letters that an address can carry, and back; what comes out of an address is what a stranger wrote."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from foedus.errors import WrongRequest

MOST_LETTERS = 8000
"""In an address: longer ones are cut off by programs that pass them on."""
_MOST_BYTES = 64 * 1024
"""Of the text behind them: a few letters can unfold into very much."""
_MEND = "copy the whole of the address once more, or ask whoever sent it for the ranges as a file"


def in_letters(text: str) -> str:
    """Fold a text into letters, digits, hyphens and underlines."""
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return urlsafe_b64encode(packer.compress(text.encode()) + packer.flush()).decode().rstrip("=")


def text_in(letters: str) -> str:
    """Unfold a text; raise `WrongRequest` where there is none, or where it would be too long."""
    if len(letters) > MOST_LETTERS:
        raise WrongRequest(f"an address with more than {MOST_LETTERS} letters of ranges is not read; {_MEND}")
    try:
        unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        content = unpacker.decompress(urlsafe_b64decode(letters + "=" * (-len(letters) % 4)), _MOST_BYTES)
        if unpacker.eof and not unpacker.unused_data:
            return content.decode("utf-8")
    except (zlib.error, ValueError):
        pass
    raise WrongRequest(f"the ranges in this address are cut off or cannot be read; {_MEND}")
