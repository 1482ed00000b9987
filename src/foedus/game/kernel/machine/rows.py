# mypy: disable-error-code="no-untyped-call, unused-ignore, attr-defined"
"""Looking at arrays without owning them, as the inner loops do.

Counting owners there costs as much as the work, and a call that counts saves and restores every vector register.
Whoever makes a view keeps the array for as long as it is looked at.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

WIDTH = 16
"""Numbers in one vector; a grid with more belief points uses several."""
DOUBLE, SINGLE, WORD, INDEX = ir.DoubleType(), ir.FloatType(), ir.IntType(64), ir.IntType(32)
_NUMBER_OF = {types.float64: DOUBLE, types.float32: SINGLE, types.int64: WORD}


class _Rows(types.Type):  # type: ignore[misc]
    def __init__(self, inner: tuple[int, ...], dtype: Any) -> None:
        self.inner, self.dtype, self.ndim = inner, dtype, len(inner) + 1
        super().__init__(name=f"rows{inner}({dtype})")


@register_model(_Rows)
class _RowsModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: _Rows) -> None:
        super().__init__(dmm, fe_type, _NUMBER_OF[fe_type.dtype].as_pointer())


class _Slabs(types.Type):  # type: ignore[misc]
    ndim = 3

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        super().__init__(name=f"slabs({dtype})")


@register_model(_Slabs)
class _SlabsModel(models.StructModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: _Slabs) -> None:
        super().__init__(dmm, fe_type, [("data", types.CPointer(fe_type.dtype)), ("length", types.int64)])


def instruction(define: Callable[..., Any]) -> Any:
    """Make an instruction of compiled code from what types and emits it."""
    return intrinsic(define)


def rows_of(*inner: int) -> Any:
    """Return what looks at an array without owning it, all axes but the first being as long as said.

    Counting owners in the inner loops costs more than the work there, and so does finding an address from lengths that
    are not known when the code is compiled.
    """

    @instruction
    def rows(typingctx: Any, array: Any) -> Any:
        kind = _Rows(inner, array.dtype)

        def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            return context.make_array(sig.args[0])(context, builder, args[0]).data

        return kind(array), emit

    return rows


@instruction
def slabs(typingctx: Any, array: Any) -> Any:
    """Return what looks at an array (row, entry, place) of which only the places are counted beforehand."""
    kind = _Slabs(array.dtype)

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        owned = context.make_array(sig.args[0])(context, builder, args[0])
        made = cgutils.create_struct_proxy(kind)(context, builder)
        made.data, made.length = owned.data, cgutils.unpack_tuple(builder, owned.shape)[1]
        return made._getvalue()

    return kind(array), emit


def pointer_to(context: Any, builder: Any, kind: Any, array: Any, indices: Any) -> Any:
    """Return the address of the entry at ``indices``; missing last indices are 0."""
    places = list(cgutils.unpack_tuple(builder, indices))
    places += [ir.Constant(WORD, 0)] * (kind.ndim - len(places))
    if isinstance(kind, _Slabs):
        slab = cgutils.create_struct_proxy(kind)(context, builder, value=array)
        return builder.gep(slab.data, [_offset(builder, places, (slab.length, ir.Constant(WORD, WIDTH)))])
    if not isinstance(kind, _Rows):
        view = context.make_array(kind)(context, builder, array)
        return cgutils.get_item_pointer(context, builder, kind, view, places)
    offset, stride = ir.Constant(WORD, 0), 1
    for place, length in zip(reversed(places), (*reversed(kind.inner), 0), strict=True):
        offset = builder.add(offset, builder.mul(place, ir.Constant(WORD, stride), flags=("nsw",)), flags=("nsw",))
        stride *= length
    return builder.gep(array, [offset])


def _offset(builder: Any, places: Any, lengths: Any) -> Any:
    """Return how many numbers lie before some places; lengths of all axes but the first are worked out by the code."""
    offset = places[0]
    for place, length in zip(places[1:], lengths, strict=True):
        offset = builder.add(builder.mul(offset, length, flags=("nsw",)), place, flags=("nsw",))
    return offset


@instruction
def entry(typingctx: Any, array: Any, indices: Any) -> Any:
    """Read one number."""

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(pointer_to(context, builder, sig.args[0], *args))

    return array.dtype(array, indices), emit
