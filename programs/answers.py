"""What a child answers, as data: MessagePack, of which the service builds typed values after validating them.

A child may have been taken over by the file that it reads. Unlike a pickle, such an answer can only be a value of the
type that was asked for, or be refused (docs/decisions/0056).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class InvalidAnswer(Exception):
    """A child has sent what is no value of the wanted type."""


def encode(value: object) -> bytes:
    """Dataclasses, tuples, enums and plain values as MessagePack. Raises UnicodeEncodeError for a text that no database
    stores (lone surrogates), TypeError for values of other kinds."""
    return msgspec.msgpack.encode((value,))


def decode(data: bytes | memoryview, wanted: object) -> Any:
    """A value of the wanted type, which may be a union. Raises InvalidAnswer for anything else."""
    try:
        (value,) = _adapter_of(wanted).validate_python(msgspec.msgpack.decode(data))
    except (ValueError, RecursionError) as error:  # the errors of msgspec and pydantic are ValueErrors
        raise InvalidAnswer(type(error).__name__) from None
    return value


@cache
def answer_type(question: Callable[..., object]) -> object:
    """What the function returns, by its annotation."""
    return get_type_hints(question)["return"]


@cache
def _adapter_of(wanted: Any) -> TypeAdapter[tuple[Any]]:
    from pydantic import ConfigDict, TypeAdapter  # takes a fifth of a second, and no child needs it

    return TypeAdapter(tuple[wanted], config=ConfigDict(extra="forbid"))
