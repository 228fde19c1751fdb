"""`Facts`: what the rules look at. The tags by name, their texts, and the file around them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import count
import re
from typing import TYPE_CHECKING, TypeAlias

from mapy.tiff_types import ASCII, UTF8, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapy.explain.clock import Claim
    from mapy.explain.positions import Placed
    from mapy.explain.previews import Preview
    from mapy.explain.seen import Decode
    from mapy.explain.timeline import Entry
    from mapy.model import Directory, Metadata, Tag

    Content: TypeAlias = bytes | bytearray

LONGEST_SEARCHED = 20_000
"""Characters of a text that are searched; a prompt or a history may be longer."""
LONGEST_SHOWN = 120
"""Characters of a value in a sentence."""
_NO_WORDS = ("ICC", "Track")
"""How groups begin whose texts are not about the picture or its people."""
_EXIF_TEXTS = frozenset({"UserComment"})
"""Names of EXIF whose texts are not of a text's type."""


_MOST_NAMES = 4096
"""Names of which it is remembered what they match: those of our tables come in every file."""


class TagNames:
    """Some names of tags, by a pattern of whole names: see `tag_names`."""

    # Equal to itself alone: what looks it up needs no hash of the whole pattern.
    __slots__ = ("pattern",)

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)


_KNOWN: list[TagNames] = []
"""As rules know them: made when they are loaded, before a file is looked at."""


def tag_names(pattern: str) -> TagNames:
    """The names that match a pattern, for `Facts.matching`."""
    made = TagNames(pattern)
    _KNOWN.append(made)
    _matched_by.cache_clear()
    return made


@lru_cache(_MOST_NAMES)
def _matched_by(name: str) -> tuple[TagNames, ...]:
    """Those that a name is one of: none, nearly always."""
    return tuple(each for each in _KNOWN if each.pattern.fullmatch(name))


class Facts:
    """A file as the rules see it."""

    def __init__(
        self,
        metadata: Metadata,
        *,
        name: str = "",
        content: Content | None = None,
        now: datetime | None = None,
        decode: Decode | None = None,
    ) -> None:
        self.metadata = metadata
        self.name = name
        """The file's own name, without folders."""
        self.content = content
        self.decode = decode
        """What makes pictures small and grey; None: the pictures inside are not compared."""
        self._now = now

    @cached_property
    def now(self) -> datetime:
        """What counts as the future."""
        return self._now or datetime.now(UTC)

    @cached_property
    def by_group(self) -> dict[str, list[Directory]]:
        """The directories of a group."""
        found: dict[str, list[Directory]] = {}
        for directory in self.metadata.directories:
            found.setdefault(directory.name, []).append(directory)
        return found

    @cached_property
    def by_names(self) -> dict[TagNames, list[Tag]]:
        """The tags of the names that rules know, also those that say nothing, in their order.

        Names that no tag has are not there.
        """
        import mapy.explain.rules  # noqa: F401, PLC0415 - now all are known that there are

        found: dict[TagNames, list[Tag]] = {}
        for tag in self.metadata:
            for names in _matched_by(tag.definition.name):
                found.setdefault(names, []).append(tag)
        return found

    def matching(self, names: TagNames) -> list[Tag]:
        """The tags of these names that say something, in the order of the file."""
        return [tag for tag in self.by_names.get(names, ()) if said(tag)]

    def saying(self, names: TagNames) -> list[tuple[Tag, str]]:
        """The same, and what each says."""
        return [(tag, words) for tag in self.by_names.get(names, ()) if (words := said(tag))]

    @cached_property
    def _order(self) -> dict[int, int]:
        """The place of each tag in the file, by its identity."""
        return dict(zip(map(id, self.metadata), count()))

    def in_order(self, tags: Sequence[Tag]) -> list[Tag]:
        """The tags in the order of the file, each once."""
        if len(tags) <= 1:
            return list(tags)
        places = {self._order[id(tag)]: tag for tag in tags}
        return [places[place] for place in sorted(places)]

    def first(self, *keys: str) -> str:
        """The text of the first of these tags, by group and name, that says something."""
        for key in keys:
            tag = self.metadata.get(key)
            value = said(tag) if tag is not None else ""
            if value:
                return value
        return ""

    def number(self, *keys: str) -> float | None:
        """The number of the first of these tags, by group and name, that has one."""
        for key in keys:
            tag = self.metadata.get(key)
            value = number_of(tag) if tag is not None else None
            if value is not None:
                return value
        return None

    @cached_property
    def texts(self) -> list[tuple[Tag, str]]:
        """Every text of the file that people or programs wrote, cut at `LONGEST_SEARCHED`."""
        found = []
        for directory in self.metadata.directories:
            if directory.name.startswith(_NO_WORDS):
                continue
            for tag in directory.tags:
                # Numbers, nearly always: to look closer at each would cost more than all texts do.
                value = _text_of(tag) if tag.raw.__class__ in _TEXTUAL else ""
                if value:
                    found.append((tag, value[:LONGEST_SEARCHED]))
        return found

    @cached_property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the picture, in pixels, as its container has them."""
        for group in ("File", "PNG", "GIF", "RIFF", "Jpeg2000", "IFD0"):
            width = self.number(f"{group}:ImageWidth")
            height = self.number(f"{group}:ImageHeight")
            if width and height and width > 0 and height > 0:
                return int(width), int(height)
        return None

    @cached_property
    def positions(self) -> tuple[Placed, ...]:
        """Every position on the Earth that the file tells."""
        from mapy.explain.positions import positions_of  # noqa: PLC0415 - it needs this module

        return positions_of(self)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every moment that the file tells."""
        from mapy.explain.clock import claims_of  # noqa: PLC0415 - it needs this module

        return claims_of(self)

    @cached_property
    def camera(self) -> str:
        """Make and model as people say them; empty where the file names neither."""
        from mapy.explain.rules.device import camera_of  # noqa: PLC0415 - it needs this module

        return camera_of(self)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Make, model and software, without capitals: cameras write them where people should."""
        keys = ("IFD0:Make", "IFD0:Model", "IFD0:Software", "PNG:Software")
        return frozenset(self.first(key).casefold() for key in keys)

    @cached_property
    def timeline(self) -> tuple[Entry, ...]:
        """The history: what was done when, by which software."""
        from mapy.explain.timeline import entries_of  # noqa: PLC0415 - it needs this module

        return entries_of(self)

    @cached_property
    def previews(self) -> tuple[Preview, ...]:
        """Every picture beside the picture."""
        from mapy.explain.previews import previews_of  # noqa: PLC0415 - it needs this module

        return previews_of(self)

    @cached_property
    def alike(self) -> dict[int, bool]:
        """Whether a picture beside the picture shows the same, by the place of its bytes."""
        from mapy.explain.seen import alike  # noqa: PLC0415 - it needs this module

        return alike(self)


_TEXTUAL: frozenset[type] = frozenset({str, bytes, list})
"""What texts are stored as."""


def _text_of(tag: Tag) -> str:
    """A tag's text; an empty one if it holds none."""
    raw = tag.raw
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bytes):
        if tag.type in (ASCII, UTF8):
            return text(raw[:LONGEST_SEARCHED])
        name = tag.definition.name
        if name in _EXIF_TEXTS or name.startswith("XP") or tag.group.startswith("IPTC"):
            value = tag.machine
            return value if isinstance(value, str) else ""
        return ""
    if isinstance(raw, list):
        return "\n".join(part for part in raw if isinstance(part, str))
    return ""


_SAYS_NOTHING = frozenset(
    {
        *("", "0", "-", "--", "?", "n/a", "na", "nil", "none", "null", "undef", "undefined"),
        *("unknown", "unspecified", "not set", "default", "empty", "ascii", "unicode", "nan"),
        *("inf", "no name", "noname", "untitled", "binary comment", "user", "owner", "artist"),
        *("photographer", "author", "your name", "my name", "name", "copyright", "(c)", "camera"),
    }
)
"""What programs and cameras write where nobody wrote anything, in lower case."""


def said(tag: Tag) -> str:
    """What a tag says, as one line; empty where it says nothing: blanks, zeros, "unknown"."""
    value = tag.machine
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN
        return ""
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    words = " ".join(words[:LONGEST_SEARCHED].replace("\0", " ").split())
    if words.casefold() in _SAYS_NOTHING or not any(map(str.isalnum, words[:LONGEST_SHOWN])):
        return ""
    return words


def number_of(tag: Tag) -> float | None:
    """A tag's number, written as a text or not; None without one."""
    value = tag.machine
    if isinstance(value, str) and len(value) <= 32:  # noqa: PLR2004 - no number is longer
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, (int, float)) and value == value and abs(value) < 1e15:  # noqa: PLR0124, PLR2004 - NaN; beyond measure
        return float(value)
    return None


def shown(value: str, longest: int = LONGEST_SHOWN) -> str:
    """A value as a sentence can hold it: one line, cut, with nothing that steers a screen."""
    words = " ".join(value[: longest * 4].split())
    if not words.isprintable():
        words = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)
    return f"{words[:longest].rstrip()}…" if len(words) > longest else words
