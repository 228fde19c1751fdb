"""What separates the columns: found by counting, shown with its evidence, changeable.

Four delimiters are tried, and no others: an open search takes the @ of e-mail addresses for one.
Each is tried on the first rows with quotes respected; the one whose rows agree on a number of
columns wins. A file of one column is a file too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
import re
from typing import TYPE_CHECKING

from elqkit.table.limits import SAMPLE_CHARS, SAMPLE_ROWS
from elqkit.table.problems import Findings, Place
from elqkit.table.scanner import scan, split
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS = {
    "comma": Text("comma"),
    "semicolon": Text("semicolon"),
    "tab": Text("tab"),
    "pipe": Text("pipe"),
}
"""What people call them."""
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""The delimiters that can be chosen, in the order of preference where two fit alike."""

_NAMES = {character: name for name, character in DELIMITERS.items()}
_SEP_LINE = re.compile("sep=([,;\t|])(\r\n?|\n|$)", re.IGNORECASE)
_HEADER_DISAGREES = 0.5
"""What a delimiter is worth that the rows hold and the header does not."""
_SURE_AGREEMENT = 0.8
"""The share of rows that have to agree for a delimiter to fit."""


def name_of(delimiter: str) -> str:
    """`comma` for `,`."""
    return _NAMES[delimiter]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the first rows look when one delimiter is taken for the right one."""

    delimiter: str
    columns: int
    """The number of values that most rows have."""
    agreeing_rows: int
    rows: int
    """How many rows were looked at."""
    header_columns: int

    @property
    def score(self) -> float:
        """0 for one column; near 1 where many columns agree in all rows."""
        if self.columns < 2:  # noqa: PLR2004 - one column has no delimiter
            return 0.0
        agreement = self.agreeing_rows / self.rows * (1 - 1 / self.columns)
        return agreement * (1.0 if self.header_columns > 1 else _HEADER_DISAGREES)

    @property
    def fits(self) -> bool:
        """Whether the header and nearly all rows have this delimiter."""
        return self.header_columns > 1 and self.agreeing_rows >= _SURE_AGREEMENT * self.rows


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates its values."""

    delimiter: str
    is_chosen: bool
    """Whether a person or the file itself named the delimiter."""
    is_certain: bool
    evidence: tuple[Evidence, ...]
    start: int = 0
    """Where the first record begins: behind a line such as `sep=;`."""

    @property
    def name(self) -> str:
        """`comma`, `semicolon`, `tab` or `pipe`."""
        return _NAMES[self.delimiter]


def detect(text: str, chosen: str | None, findings: Findings) -> Dialect:
    """Return the dialect: as chosen, as the file says, or as its first rows show."""
    named = _SEP_LINE.match(text)
    start = named.end() if named else 0
    sample = text[start : start + SAMPLE_CHARS]
    is_cut = len(text) > start + SAMPLE_CHARS
    evidence = tuple(_weigh(sample, delimiter, is_cut) for delimiter in DELIMITERS.values())
    if named:
        findings.add("dialect.sep-line", Place(1, found=WORDS[_NAMES[named[1]]]))
    if chosen is not None:
        return Dialect(chosen, is_chosen=True, is_certain=True, evidence=evidence, start=start)
    if named:
        return Dialect(named[1], is_chosen=True, is_certain=True, evidence=evidence, start=start)
    best, *others = sorted(evidence, key=lambda one: -one.score)
    is_certain = _is_certain(best, others)
    if not is_certain:
        candidates = [_say(one) for one in (best, *others) if one.score > 0.0]
        findings.add(
            "dialect.unsure",
            Place(expected=Text("one delimiter that fits"), found=_alternatives(candidates)),
        )
    return Dialect(best.delimiter, is_chosen=False, is_certain=is_certain, evidence=evidence)


def _is_certain(best: Evidence, others: Iterable[Evidence]) -> bool:
    if all(other.score == 0.0 for other in others):
        # No other delimiter is in the rows: faulty rows then do not make this one doubtful.
        return best.score == 0.0 or best.header_columns > 1
    return best.fits and not any(other.fits for other in others)


def _weigh(sample: str, delimiter: str, is_cut: bool) -> Evidence:  # noqa: FBT001 - private
    """Count the values of the first rows; rows with misplaced quotes agree with nothing."""
    records = scan(sample, delimiter, SAMPLE_ROWS)
    count = len(records) - (is_cut and records.is_whole and len(records) > 1)
    faulty = {fault.line for fault in records.faults}
    widths = [
        0 if line in faulty else len(split(sample[start:end], delimiter))
        for start, end, line in zip(
            records.starts[:count], records.ends[:count], records.lines[:count], strict=True
        )
        if end > start
    ]
    common = Counter(width for width in widths if width > 1).most_common(1)
    columns, agreeing = common[0] if common else (1, len(widths))
    return Evidence(delimiter, columns, agreeing, len(widths), widths[0] if widths else 0)


def _say(evidence: Evidence) -> Text:
    return Text(
        "{delimiter} with {count} column in {agreeing} of {rows} rows",
        "{delimiter} with {count} columns in {agreeing} of {rows} rows",
        delimiter=WORDS[name_of(evidence.delimiter)],
        count=evidence.columns,
        agreeing=evidence.agreeing_rows,
        rows=evidence.rows,
    )


def _alternatives(candidates: Sequence[Text]) -> str:
    if not candidates:
        return ""
    whole = candidates[0]
    for each in candidates[1:]:
        whole = Text("{list}, or {item}", list=whole, item=each)
    return whole
