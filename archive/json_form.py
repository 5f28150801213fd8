"""How the values of one type are stored as JSON."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

_Value = TypeVar("_Value")


class JsonForm(Generic[_Value]):
    """Writes and reads values of a type by pydantic's adapter, built at first use.

    Building one takes as long as a short command (20 to 100 ms), and most processes store or read few of the types.
    """

    def __init__(self, kind: type[_Value]) -> None:
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[_Value]:
        return TypeAdapter(self._kind)

    def dump_json(self, value: _Value) -> bytes:
        """The value as JSON, in UTF-8."""
        return self._adapter.dump_json(value)

    def dump_python(self, value: _Value) -> Any:
        """The value as dictionaries and lists."""
        return self._adapter.dump_python(value)

    def validate_json(self, stored: str | bytes) -> _Value:
        """Raises pydantic's ValidationError for what is no such value."""
        return self._adapter.validate_json(stored)
