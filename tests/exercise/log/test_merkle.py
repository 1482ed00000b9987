"""The tree of RFC 6962, against its definition written out and against published roots."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.exercise.log.merkle import EMPTY_ROOT, MerkleTree, is_consistent, is_included, leaf_hash

PUBLISHED = {
    "": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "00": "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "10": "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "2021": "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "3031": "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "40414243": "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "5051525354555657": "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "606162636465666768696a6b6c6d6e6f": "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Entries in hex and the root after each: the reference tree of the Certificate Transparency project's tests."""
_sizes = st.integers(0, 70)


def test_roots_are_the_published_ones() -> None:
    """Eight entries that every implementation of the RFC is tried on."""
    tree = MerkleTree()
    assert tree.root() == EMPTY_ROOT == sha256().digest()
    for entry, root in PUBLISHED.items():
        tree.append(leaf_hash(bytes.fromhex(entry)))
        assert tree.root().hex() == root


@given(_sizes, st.data())
def test_roots_are_those_of_the_definition(size: int, data: st.DataObject) -> None:
    """MTH of section 2.1, also of an earlier state, and after entries were taken back."""
    leaves = _leaves(size)
    tree, earlier = MerkleTree(leaves), data.draw(st.integers(0, size))
    assert tree.root() == _mth(leaves)
    assert tree.root(earlier) == _mth(leaves[:earlier])
    tree.truncate(earlier)
    for leaf in leaves[earlier:]:
        tree.append(leaf)
    assert tree.root() == _mth(leaves)


@given(st.integers(1, 70), st.data())
def test_inclusion_proofs_are_those_of_the_definition_and_convince(size: int, data: st.DataObject) -> None:
    """PATH of section 2.1.1; it convinces of this entry at this place in this tree, and of nothing else."""
    leaves = _leaves(70)
    tree, index = MerkleTree(leaves), data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size=size)
    assert list(proof) == _path(index, leaves[:size])
    root = tree.root(size)
    assert is_included(leaves[index], index=index, size=size, proof=proof, root=root)
    assert not is_included(leaf_hash(b"another"), index=index, size=size, proof=proof, root=root)
    assert not is_included(leaves[index], index=size, size=size, proof=proof, root=root)
    assert not is_included(leaves[index], index=index, size=size, proof=(*proof, root), root=root)
    for other in {*range(size)} - {index}:
        assert not is_included(leaves[index], index=other, size=size, proof=proof, root=root)
    for spoilt in _spoilt(proof):
        assert not is_included(leaves[index], index=index, size=size, proof=spoilt, root=root)


@given(_sizes, st.data())
def test_consistency_proofs_are_those_of_the_definition_and_convince(new: int, data: st.DataObject) -> None:
    """PROOF of section 2.1.2; it convinces of these two trees only."""
    leaves = _leaves(70)
    tree, old = MerkleTree(leaves), data.draw(st.integers(0, new))
    proof = tree.consistency_proof(old, new=new)
    assert list(proof) == ([] if old in (0, new) else _subproof(old, leaves[:new], is_whole=True))
    roots = {"old_root": tree.root(old), "new_root": tree.root(new)}
    assert is_consistent(old=old, new=new, proof=proof, **roots)
    assert not is_consistent(old=old, new=new, proof=(*proof, EMPTY_ROOT), **roots)
    assert not is_consistent(old=new + 1, new=new, proof=proof, **roots)
    wrong = leaf_hash(b"another")
    assert not is_consistent(old=old, new=new, proof=proof, old_root=wrong, new_root=roots["new_root"])
    if old:
        assert not is_consistent(old=old, new=new, proof=proof, old_root=roots["old_root"], new_root=wrong)
    for spoilt in _spoilt(proof):
        assert not is_consistent(old=old, new=new, proof=spoilt, **roots)


def test_no_history_that_was_rewritten_is_consistent() -> None:
    """A log that changed its third event has no proof from the old state: not its own, and not the honest one."""
    leaves = _leaves(20)
    honest = MerkleTree(leaves)
    rewritten = MerkleTree([*leaves[:2], leaf_hash(b"another"), *leaves[3:]])
    for old, new in pairwise(range(3, 20)):
        for proof in (honest.consistency_proof(old, new=new), rewritten.consistency_proof(old, new=new)):
            roots = {"old_root": honest.root(old), "new_root": rewritten.root(new)}
            assert not is_consistent(old=old, new=new, proof=proof, **roots)


def test_proofs_about_what_is_not_there_are_refused() -> None:
    """A tree of three has no fourth entry and is no later state of a tree of four."""
    tree = MerkleTree(_leaves(3))
    for ask in (
        lambda: tree.root(4),
        lambda: tree.inclusion_proof(3, size=3),
        lambda: tree.inclusion_proof(0, size=4),
        lambda: tree.consistency_proof(4, new=3),
        lambda: tree.consistency_proof(1, new=4),
        lambda: tree.truncate(4),
    ):
        with pytest.raises(ValueError, match=r"entr|extend"):
            ask()


def _leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def _mth(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]) of section 2.1, over hashes of leaves."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return sha256(b"\x01" + _mth(leaves[:k]) + _mth(leaves[k:])).digest()


def _path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if m < k:
        return [*_path(m, leaves[:k]), _mth(leaves[k:])]
    return [*_path(m - k, leaves[k:]), _mth(leaves[:k])]


def _subproof(m: int, leaves: Sequence[bytes], *, is_whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of section 2.1.2."""
    if m == len(leaves):
        return [] if is_whole else [_mth(leaves)]
    k = _split(len(leaves))
    if m <= k:
        return [*_subproof(m, leaves[:k], is_whole=is_whole), _mth(leaves[k:])]
    return [*_subproof(m - k, leaves[k:], is_whole=False), _mth(leaves[:k])]


def _split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def _spoilt(proof: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    """Return the proof with each hash left out, and with each hash changed in one bit."""
    left_out = [(*proof[:i], *proof[i + 1 :]) for i in range(len(proof))]
    changed = [(*proof[:i], bytes([each[0] ^ 1]) + each[1:], *proof[i + 1 :]) for i, each in enumerate(proof)]
    return left_out + changed
