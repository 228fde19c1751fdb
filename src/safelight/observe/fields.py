"""What a line of the log may hold besides its time, level, logger and event.

A field that is not here is dropped before the line is written, and so is a value of another shape:
what a person sent cannot get into the log by an oversight.
"""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TypeAlias

from safelight.observe.audit_events import CODES, PSEUDONYM, Allowed

METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
OTHER = "OTHER"
"""Any other method: it can hold anything."""
NO_ROUTE = "-"
"""The route of an address that leads nowhere."""
_NUMBER = re.compile(r"[0-9a-f]{16}", re.ASCII)
_TEMPLATE = re.compile(r"-|[A-Za-z0-9/_.<>:-]{1,120}", re.ASCII)
_PLACE = re.compile(r"[A-Za-z0-9_.<>-]{1,200}(:\d+)?", re.ASCII)
_TRACE = re.compile(r"[A-Za-z0-9_.<>:? -]{1,20000}", re.ASCII)
_SENTENCE = re.compile(r"[^\x00-\x1f\x7f]{1,600}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line, and what it may hold."""

    name: str
    meaning: str
    allowed: Allowed | type[float]
    """A set, a pattern, or any number."""

    def takes(self, value: object) -> bool:
        """Whether a value has the shape of this field."""
        if isinstance(value, (bool, int, float)):
            return self.allowed is float
        if not isinstance(value, str) or isinstance(self.allowed, type):
            return False
        if isinstance(self.allowed, frozenset):
            return value in self.allowed
        return self.allowed.fullmatch(value) is not None


Fields: TypeAlias = "dict[str, Field]"

FIELDS: Fields = {
    field.name: field
    for field in (
        Field("request", "The request's number, as its reply and its error page name it.", _NUMBER),
        Field("method", "Its method.", METHODS | {OTHER}),
        Field("route", "The route that it took, never its address.", _TEMPLATE),
        Field("status", "The status of the reply.", float),
        Field("ms", "Milliseconds from its headers to its reply.", float),
        Field("bytes_in", "Bytes of its body, as announced.", float),
        Field("bytes_out", "Bytes of the reply's body; missing of a stream.", float),
        Field("where", "The place in the source that a library's line comes from.", _PLACE),
        Field("trace", "The places that an exception passed, without its text.", _TRACE),
        Field("detail", "A sentence on the configuration. Only when a process starts.", _SENTENCE),
        Field("seconds", "How long it took.", float),
        Field("count", "How many.", float),
        Field(
            "outcome",
            "Of an audit event: accepted, refused, ended, failed or done.",
            frozenset({"accepted", "refused", "ended", "failed", "done"}),
        ),
        Field("who", "A pseudonym of the person.", PSEUDONYM),
        *(Field(code.name, code.meaning, code.allowed) for code in CODES.values()),
    )
}
