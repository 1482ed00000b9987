"""Signed notes and checkpoints, against notes that other programs made."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.exercise.log.checkpoint import Checkpoint, open_checkpoint, parse_body
from foedus.exercise.log.merkle import EMPTY_ROOT
from foedus.exercise.log.note import NotANote, Note, Signer, Verifier, open_note
from tests.exercise.log.specimens import NAME, SIGNER

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"  # noqa: S105 - published
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example of golang.org/x/mod/sumdb/note, whose format C2SP's is."""
NOTE = Checkpoint(origin=NAME, size=7, root=sha256(b"root").digest()).signed_by(SIGNER)


def test_notes_of_go_are_read_and_written_alike() -> None:
    """The published note opens with the published key, and signing it again gives the same bytes."""
    assert open_note(f"{GO_TEXT}\n{GO_SIGNATURE}", verifier=Verifier.parse(GO_KEY)) == GO_TEXT
    signer = Signer.parse(GO_SECRET)
    assert (str(signer.verifier), signer.secret_text) == (GO_KEY, GO_SECRET)
    assert signer.sign(GO_TEXT) == f"{GO_TEXT}\n{GO_SIGNATURE}"


def test_secret_keys_do_not_show_when_printed() -> None:
    """A signer that ends up in an error message gives nothing away."""
    assert SIGNER.seed.hex() not in repr(SIGNER)
    assert repr(SIGNER.seed) not in repr(SIGNER)


def test_checkpoints_say_origin_size_and_root() -> None:
    """Three lines, as C2SP has it; no events have the hash of nothing."""
    body = f"{NAME}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert Checkpoint(origin=NAME, size=0, root=EMPTY_ROOT).body == body
    assert open_checkpoint(NOTE, verifier=SIGNER.verifier) == Checkpoint(
        origin=NAME, size=7, root=sha256(b"root").digest()
    )


def test_signatures_of_others_are_passed_over() -> None:
    """A witness may sign too; a note that only others signed is not this key's."""
    other = Signer(name="witness.invalid/w", seed=bytes(32))
    line = other.sign(Note.parse(NOTE).text).rpartition("\n\n")[2]
    assert open_checkpoint(NOTE + line, verifier=SIGNER.verifier).size == 7
    with pytest.raises(NotANote, match="no signature"):
        open_checkpoint(NOTE, verifier=other.verifier)


def test_checkpoints_of_another_log_are_refused() -> None:
    """A key signs for the log of its own name."""
    other = Checkpoint(origin="foedus.invalid/log/other", size=7, root=EMPTY_ROOT).signed_by(SIGNER)
    with pytest.raises(NotANote, match="other"):
        open_checkpoint(other, verifier=SIGNER.verifier)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_checkpoint_can_be_changed(place: int, change: int) -> None:
    """Text, name, key hash, signature, line breaks: each is signed or has one spelling."""
    changed = bytearray(NOTE.encode())
    changed[place] ^= change
    try:
        text = changed.decode()
    except UnicodeDecodeError:
        return
    with pytest.raises(NotANote):
        open_checkpoint(text, verifier=SIGNER.verifier)


@pytest.mark.parametrize("place", range(len(GO_KEY)))
def test_a_mistyped_key_is_noticed(place: int) -> None:
    """A verifier key carries its own hash."""
    with pytest.raises(NotANote):
        Verifier.parse(GO_KEY[:place] + ("B" if GO_KEY[place] == "A" else "A") + GO_KEY[place + 1 :])


@pytest.mark.parametrize(
    "body", ["", "o\n1\n", "o\n01\nAAAA\n", "o\n-1\nAAAA\n", "o\n1\nAAAA\n", "o\n1\nAAAA", "\n1\n\n", "o\n1\n\n"]
)
def test_bodies_that_are_no_checkpoint_are_refused(body: str) -> None:
    """A size without a leading zero, a root of 32 bytes, an origin."""
    with pytest.raises(NotANote):
        parse_body(body)


@pytest.mark.parametrize("note", ["", "a\n", "a\n\n", "a\n\nb\n", "a\n\n— n AAAA", "a\r\n\n— n AAAA\n", "a\n\n— n A\n"])
def test_texts_that_are_no_note_are_refused(note: str) -> None:
    """A text, an empty line, signature lines."""
    with pytest.raises(NotANote):
        open_note(note, verifier=SIGNER.verifier)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u2003b"])
def test_names_that_a_note_cannot_hold_are_refused(name: str) -> None:
    """Names have no spaces and no plus signs."""
    with pytest.raises(NotANote):
        Signer(name=name, seed=bytes(32))
