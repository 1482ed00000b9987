"""Checkpoints (c2sp.org/tlog-checkpoint): origin, number of events and root of the tree, signed as a note."""

import re
from base64 import b64encode
from dataclasses import dataclass

from foedus.exercise.log.merkle import Hash
from foedus.exercise.log.note import NotANote, Signer, Verifier, open_note, strict_base64

_BODY = re.compile(r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,17})\n(?P<root>[^\n]+)\n(?P<extensions>(?:[^\n]+\n)*)")


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: the first ``size`` events have this root."""

    origin: str
    """Name of the log; the name of its key too."""
    size: int
    root: Hash

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    def signed_by(self, signer: Signer) -> str:
        """Return the signed note."""
        return signer.sign(self.body)


def open_checkpoint(note: str, *, verifier: Verifier) -> Checkpoint:
    """Read a checkpoint of the log that is named as the key is; raise ``NotANote`` unless that key signed it."""
    checkpoint = parse_body(open_note(note, verifier=verifier))
    if checkpoint.origin != verifier.name:
        raise NotANote(f"the checkpoint is of the log {checkpoint.origin}, not of {verifier.name}")
    return checkpoint


def parse_body(text: str) -> Checkpoint:
    """Read the lines of a checkpoint; lines after the third are passed over, as the format asks."""
    found = _BODY.fullmatch(text)
    if not found:
        raise NotANote("a checkpoint has a line each for origin, size and root")
    root = strict_base64(found["root"])
    if len(root) != 32:
        raise NotANote(f"the root of a checkpoint has 32 bytes, not {len(root)}")
    return Checkpoint(origin=found["origin"], size=int(found["size"]), root=root)
