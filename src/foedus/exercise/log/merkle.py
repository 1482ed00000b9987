"""The tree of hashes of RFC 6962, section 2.1: its root, and the proofs that one tree holds an entry or another tree.

A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right); the root of no entries is SHA-256 of nothing.
Of n entries the left subtree takes the largest power of two that is smaller than n.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

Hash = bytes
"""32 bytes of SHA-256."""
EMPTY_ROOT: Hash = sha256(b"").digest()


def leaf_hash(entry: bytes) -> Hash:
    """Return the hash of an entry: SHA-256(0x00 || entry)."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash of two subtrees: SHA-256(0x01 || left || right)."""
    return sha256(b"\1" + left + right).digest()


class MerkleTree:
    """A tree that grows at its right end; it keeps every complete subtree, so that a proof costs log n hashes."""

    def __init__(self, leaves: Iterable[Hash] = ()) -> None:
        self._levels: list[list[Hash]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: Hash) -> None:
        """Add the hash of one more entry."""
        self._levels[0].append(leaf)
        level = 0
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(node_hash(*self._levels[level][-2:]))
            level += 1

    def truncate(self, size: int) -> None:
        """Forget every entry after the first ``size``."""
        self._known(size)
        for level, hashes in enumerate(self._levels):
            del hashes[size >> level :]

    def root(self, size: int | None = None) -> Hash:
        """Return the root of the first ``size`` entries, of all of them when not told."""
        size = self._known(len(self) if size is None else size)
        return self._subtree(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, *, size: int) -> tuple[Hash, ...]:
        """Return PATH(index, D[size]): the hashes that lead from one entry up to the root of the first ``size``."""
        if not 0 <= index < self._known(size):
            raise ValueError(f"entry {index} is not among the first {size}")
        path: list[Hash] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _left_size(high - low)
            if index < middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency_proof(self, old: int, *, new: int) -> tuple[Hash, ...]:
        """Return PROOF(old, D[new]): the hashes that show that the first ``old`` entries of ``new`` are unchanged."""
        if not 0 <= old <= self._known(new):
            raise ValueError(f"a tree of {new} does not extend one of {old}")
        if old in (0, new):
            return ()
        proof: list[Hash] = []
        low, high = 0, new
        while old != high:
            middle = low + _left_size(high - low)
            if old <= middle:
                proof.append(self._subtree(middle, high))
                high = middle
            else:
                proof.append(self._subtree(low, middle))
                low = middle
        if low:
            proof.append(self._subtree(low, high))
        return tuple(reversed(proof))

    def _known(self, size: int) -> int:
        if not 0 <= size <= len(self):
            raise ValueError(f"the tree has {len(self)} entries, not {size}")
        return size

    def _subtree(self, low: int, high: int) -> Hash:
        """Return the root of the entries low to high; a complete subtree is looked up."""
        size = high - low
        if size & (size - 1) == 0 and low % size == 0:
            return self._levels[size.bit_length() - 1][low // size]
        middle = low + _left_size(size)
        return node_hash(self._subtree(low, middle), self._subtree(middle, high))


def is_included(leaf: Hash, *, index: int, size: int, proof: Sequence[Hash], root: Hash) -> bool:
    """Tell whether the proof leads from the leaf at ``index`` to the root of ``size`` entries (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if number % 2 or number == last:
            found = node_hash(each, found)
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, each)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old: int, old_root: Hash, new: int, new_root: Hash, proof: Sequence[Hash]) -> bool:
    """Tell whether the proof shows the tree of ``new`` entries to begin with that of ``old`` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    number, last = old - 1, new - 1
    while number % 2:
        number, last = number >> 1, last >> 1
    found_old = found_new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if number % 2 or number == last:
            found_old, found_new = node_hash(each, found_old), node_hash(each, found_new)
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            found_new = node_hash(found_new, each)
        number, last = number >> 1, last >> 1
    return last == 0 and found_old == old_root and found_new == new_root


def _left_size(size: int) -> int:
    """Return the largest power of two that is smaller than ``size``."""
    power: int = 1 << ((size - 1).bit_length() - 1)
    return power
