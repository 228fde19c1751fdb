"""`Definition`: what a tag is called, how its value is converted and worded. A row of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from mapy.model import Tag

Value: TypeAlias = "bool | int | float | str | list[Value]"
"""What a tag says: a number, a text, or a list of them."""
Converter: TypeAlias = "Callable[[Tag], Value]"
"""Makes the machine value from the raw one."""
Formatter: TypeAlias = Callable[[Value], Value]
"""Makes the readable value from the machine value."""
Names: TypeAlias = Mapping[int | str, str]
"""What each machine value means."""


class Definition(NamedTuple):
    """One tag of a table."""

    id: int | str
    name: str
    one_of: Names | None = None
    convert: Converter | None = None
    say: Formatter | None = None
    is_known: bool = True
    """False for a tag without a name in our tables: its name is made from its number."""
