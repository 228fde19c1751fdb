"""A tool's own part of a session: its names can't clash with those of another."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safelight.api import Json


class ToolSession(MutableMapping[str, "Json"]):
    """The values of a session whose names begin with the tool's slug."""

    def __init__(self, slug: str, values: MutableMapping[str, Json]) -> None:
        self._prefix = f"{slug}."
        self._values = values

    def __getitem__(self, name: str) -> Json:
        return self._values[self._prefix + name]

    def __setitem__(self, name: str, value: Json) -> None:
        self._values[self._prefix + name] = value

    def __delitem__(self, name: str) -> None:
        del self._values[self._prefix + name]

    def __iter__(self) -> Iterator[str]:
        start = len(self._prefix)
        return (name[start:] for name in self._values if name.startswith(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)
