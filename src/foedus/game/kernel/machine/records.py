# mypy: disable-error-code="no-untyped-call, unused-ignore, override, untyped-decorator"
"""Records that parts are given by their address.

Numba hands a named tuple over field by field, an array as seven numbers or more, and writes that out at every call on
the way down: four fifths of all that LLVM had to read was such handing over. So a whole lays its records down once, and
its parts get one address each. They are written into the whole in the end, where LLVM finds the numbers themselves.
"""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import lower_getattr_generic, models, register_model

from foedus.game.kernel.machine.rows import instruction


class RecordAddress(types.Type):  # type: ignore[misc]
    """Numba's type of where a record lies."""

    def __init__(self, record: Any) -> None:
        self.record = record
        super().__init__(name=f"address of {record.name}")


@register_model(RecordAddress)
class _RecordAddressModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: RecordAddress) -> None:
        super().__init__(dmm, fe_type, dmm.lookup(fe_type.record).get_value_type().as_pointer())


@instruction
def by_address(typingctx: Any, record: Any) -> Any:
    """Lay a record down in the function at hand, or in that which it is spliced into, and return where.

    It is there as long as that function runs, and owns no array: the record is an argument, or made of arguments.
    """

    def emit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place = cgutils.alloca_once(builder, args[0].type)
        builder.store(args[0], place)
        return place

    return RecordAddress(record)(record), emit


@infer_getattr
class _FieldsOfAddress(AttributeTemplate):  # type: ignore[misc]
    key = RecordAddress

    def generic_resolve(self, address: RecordAddress, name: str) -> Any:
        fields = address.record.fields
        return address.record.types[fields.index(name)] if name in fields else None


@lower_getattr_generic(RecordAddress)
def _field_at_address(context: Any, builder: Any, address: RecordAddress, place: Any, name: str) -> Any:
    at = address.record.fields.index(name)
    value = builder.load(cgutils.gep_inbounds(builder, place, 0, at))
    return impl_ret_borrowed(context, builder, address.record.types[at], value)
