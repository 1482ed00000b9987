"""Marks of field types, which say how a value is read; the validator understands them and is not loaded for them.

A text of the library that was read before comes back without being validated again, and then nothing needs pydantic.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    Config: TypeAlias = ConfigDict
else:
    Config: TypeAlias = dict
"""How the validator treats a record."""

STRICT: Config = {"extra": "forbid"}
"""Unknown keys are refused."""


@dataclass(frozen=True)
class About:
    """What a key holds, with one example, for the reference page and the JSON Schema."""

    description: str
    example: Any

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> "JsonSchemaValue":
        """Say it beside what the value is."""
        return {**handler(schema), "description": self.description, "examples": [self.example]}


@dataclass(frozen=True)
class Holds:
    """Says in words what a field type holds, for the reference page."""

    what: str


class Within:
    """Limits of a plain value, by the names that pydantic has for them; it stands first among the marks."""

    def __init__(self, **limits: Any) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Add the limits."""
        schema: Any = {**handler(source), **self._limits}
        return schema  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Before:
    """Turns what stands in a text into what is validated; a ``ValueError`` becomes a finding."""

    turn: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Put it before the type's own validation."""
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(self.turn, handler(source))


@dataclass(frozen=True)
class After:
    """Looks at a value that was validated, and may refuse it with a ``ValueError``."""

    look: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Put it behind the type's own validation."""
        from pydantic_core.core_schema import no_info_after_validator_function

        return no_info_after_validator_function(self.look, handler(source))


@dataclass(frozen=True)
class Read:
    """Reads a value from words of its own, in the place of any other validation."""

    read: Callable[[Any], Any]
    words: str = field(kw_only=True)
    """What to write, for the JSON Schema."""
    example: str = field(kw_only=True)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Take the reader alone."""
        from pydantic_core.core_schema import no_info_plain_validator_function

        return no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: "CoreSchema", _handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Say that it is text, and which."""
        return {"type": "string", "description": self.words, "examples": [self.example]}


class OneOrMore(Before):
    """Lets a single word stand for a list of one, in the validator and in the JSON Schema."""

    def __init__(self) -> None:
        super().__init__(as_list)

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> "JsonSchemaValue":
        """Admit the entry itself beside the list."""
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


def as_list(value: Any) -> Any:
    """Let a single word stand for a list of one."""
    return [value] if isinstance(value, str) else value
