"""Signed notes (c2sp.org/signed-note) with Ed25519: a text, an empty line, and a line for each who signed it.

A signature line is an em dash, the name of the key, and base64 of four bytes that name the key more exactly (the first
of SHA-256(name || LF || 0x01 || public key)) with the 64 bytes of the signature over the text, its last LF included.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_SECRET = "PRIVATE+KEY+"  # noqa: S105 - the marker that tells a signing key from a verifier key
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+]+")


class NotANote(ValueError):
    """Text that is no signed note, no key, or not signed by the key that it should be signed by."""


@dataclass(frozen=True)
class Verifier:
    """Who signs, and the public key that shows it; written ``name+hash+key`` as the format has it."""

    name: str
    public: bytes
    """32 bytes."""

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read a verifier key, as it is printed and passed on; raise ``NotANote``."""
        name, key = _parse_key(text.strip())
        verifier = cls(name=name, public=key)
        if str(verifier) != text.strip():
            raise NotANote("the verifier key does not carry its own hash: it was mistyped or altered")
        return verifier

    @property
    def key_id(self) -> bytes:
        """Four bytes that stand for name and key in a signature line."""
        return _key_id(self.name, self.public)

    def is_signature(self, signature: bytes, *, text: str) -> bool:
        """Tell whether this key signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(_ED25519 + self.public).decode()}"


@dataclass(frozen=True)
class Signer:
    """Who signs, and the secret key; ``str`` does not show it, ``secret_text`` does."""

    name: str
    seed: bytes = field(repr=False)
    """32 bytes from which the key pair follows (RFC 8032)."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.seed) != 32:
            raise NotANote(f"{self.name!r} cannot name a key: no spaces and no plus signs; the seed has 32 bytes")

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read a signing key as ``secret_text`` writes it; raise ``NotANote``."""
        bare = text.strip()
        if not bare.startswith(_SECRET):
            raise NotANote(f"a signing key begins with {_SECRET}")
        name, seed = _parse_key(bare.removeprefix(_SECRET))
        signer = cls(name=name, seed=seed)
        if signer.secret_text != bare:
            raise NotANote("the signing key does not carry its own hash: it was altered")
        return signer

    @property
    def secret_text(self) -> str:
        """The signing key in the form that Go's sumdb tools use; whoever has it can sign anything."""
        key = b64encode(_ED25519 + self.seed).decode()
        return f"{_SECRET}{self.name}+{self.verifier.key_id.hex()}+{key}"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(name=self.name, public=self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str) -> str:
        """Return the note: the text, an empty line and the signature line."""
        if not text.endswith("\n"):
            raise NotANote("the text of a note ends with a line break")
        signature = b64encode(self.verifier.key_id + self._key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


@dataclass(frozen=True)
class SignatureLine:
    """One signature line: who it says signed."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """A note taken apart; nothing about its signatures is known yet."""

    text: str
    signatures: tuple[SignatureLine, ...]

    @classmethod
    def parse(cls, note: str) -> "Note":
        """Take a note apart at its last empty line; raise ``NotANote``."""
        text, gap, lines = note.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise NotANote("a signed note is a text, an empty line and signature lines, each ended by a line break")
        if _CONTROL.search(note):
            raise NotANote("a signed note has no control characters but line breaks")
        return cls(text=text + "\n", signatures=tuple(_signature_line(line) for line in lines[:-1].split("\n")))


def open_note(note: str, *, verifier: Verifier) -> str:
    """Return the text of a note that this key signed; signatures of keys not asked for are passed over.

    Raises ``NotANote`` where the note is malformed, the key did not sign, or its signature is wrong.
    """
    parsed = Note.parse(note)
    asked = (verifier.name, verifier.key_id)
    own = [line for line in parsed.signatures if (line.name, line.key_id) == asked]
    if not own:
        raise NotANote(f"there is no signature of {verifier.name}+{verifier.key_id.hex()}")
    if not all(verifier.is_signature(line.signature, text=parsed.text) for line in own):
        raise NotANote(f"the signature of {verifier.name}+{verifier.key_id.hex()} is not of this text")
    return parsed.text


def strict_base64(text: str) -> bytes:
    """Read base64 that is written the one way in which its bytes are written; raise ``NotANote``."""
    try:
        content = b64decode(text, validate=True)
    except ValueError as error:
        raise NotANote(f"{text!r} is not base64") from error
    if b64encode(content).decode() != text:
        raise NotANote(f"{text!r} is not the one base64 form of its bytes")
    return content


def _signature_line(line: str) -> SignatureLine:
    found = _LINE.fullmatch(line)
    if not found:
        raise NotANote(f"{line!r} is not a signature line")
    content = strict_base64(found["signature"])
    return SignatureLine(name=found["name"], key_id=content[:4], signature=content[4:])


def _parse_key(text: str) -> tuple[str, bytes]:
    name, _, rest = text.partition("+")
    _, _, key = rest.partition("+")
    content = strict_base64(key)
    if not _NAME.fullmatch(name) or content[:1] != _ED25519 or len(content) != 33:
        raise NotANote("a key is written name+hash+base64, of 33 bytes that begin with 1 (Ed25519)")
    return name, content[1:]


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]
