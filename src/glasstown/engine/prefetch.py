"""A hint to the processor: fetch one element of an array into its cache before it is needed.

``prefetch`` does nothing in Python, so the reference runs unchanged. Once ``install`` has been called, compiled code turns
it into one LLVM ``prefetch`` instruction: no result, no check of bounds, no effect on any value.
"""

from functools import cache
from typing import Any


def prefetch(array: Any, index: int) -> None:
    """Say that ``array[index]`` (one dimension, 0 <= index < len(array)) is read soon."""


@cache
def install() -> None:
    """Teach Numba's processor target what ``prefetch`` means; call it before the first kernel compiles."""
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import lower_builtin, type_callable

    @type_callable(prefetch)
    def type_of_prefetch(context):  # type: ignore[no-untyped-def]
        def typer(array, index):  # type: ignore[no-untyped-def]
            if isinstance(array, types.Array) and array.ndim == 1 and isinstance(index, types.Integer):
                return types.none
            return None

        return typer

    @lower_builtin(prefetch, types.Array, types.Integer)
    def lower_prefetch(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        kind, index_kind = signature.args
        array = context.make_array(kind)(context, builder, arguments[0])
        index = context.cast(builder, arguments[1], index_kind, types.intp)
        address = builder.bitcast(cgutils.get_item_pointer(context, builder, kind, array, [index]), cgutils.voidptr_t)
        word = ir.IntType(32)
        # for reading (0), to be kept in all caches (3), data (1)
        hint = builder.module.declare_intrinsic(
            "llvm.prefetch", [cgutils.voidptr_t], ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, word, word, word])
        )
        builder.call(hint, [address, word(0), word(3), word(1)])
        return context.get_dummy_value()
