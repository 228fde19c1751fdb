"""`Definition`: what a tag is called, how its value is converted and worded. A row of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from mapy.model import Tag

Value: TypeAlias = "bool | int | float | str | list[Value]"
"""What a tag says: a number, a text, or a list of them."""
Converter: TypeAlias = "Callable[[Tag], Value]"
"""Makes the machine value from the raw one."""
Formatter: TypeAlias = Callable[[Value], Value]
"""Makes the readable value from the machine value."""
Names: TypeAlias = Mapping[int | str, str]
"""What each machine value means; the keys that are not values are those of `mapy.wording`."""


class Definition:
    """One tag of a table. A value, never changed; no named tuple, for the reason of `Tag`."""

    __slots__ = ("convert", "id", "is_known", "name", "one_of", "say")

    def __init__(  # noqa: PLR0917 - the fields in their order, as a row of a table has them
        self,
        id: int | str,  # noqa: A002 - the field's word
        name: str,
        one_of: Names | None = None,
        convert: Converter | None = None,
        say: Formatter | None = None,
        is_known: bool = True,  # noqa: FBT001, FBT002 - a field, not a switch
    ) -> None:
        self.id = id
        self.name = name
        self.one_of = one_of
        self.convert = convert
        self.say = say
        self.is_known = is_known
        """False for a tag without a name in our tables: its name is made from its number."""

    def __repr__(self) -> str:
        return f"<Definition of {self.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Definition) and all(
            getattr(self, name) == getattr(other, name) for name in _FIELDS
        )

    def __hash__(self) -> int:
        return hash((self.id, self.name))

    def _replace(self, **changes: Any) -> Definition:
        """The same definition but for some fields, as a named tuple has it."""
        changed = Definition(self.id, self.name, self.one_of, self.convert, self.say, self.is_known)
        for name, value in changes.items():
            setattr(changed, name, value)
        return changed


_FIELDS = ("id", "name", "one_of", "convert", "say", "is_known")
