"""What can go wrong on request: `NAME[=VALUE][@EVERY|@PERCENT%][:TIMES]`.

`throttled=2@5` answers each fifth call with 429 and `Retry-After: 2`; `drop-after-commit@10%:3`
loses one answer in ten, three times at the most. Chances come from the seed: the same seed, the
same run.
"""

from __future__ import annotations

import random
import re
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

FAULTS = {
    "throttled": "429; the value is Retry-After in seconds, without one there is no header",
    "error": "an empty answer with the status of the value (500), nothing is stored",
    "error-after-commit": "the same, but what was sent is stored",
    "html": "an HTML error page with the status of the value (500), nothing is stored",
    "slow": "the answer waits for so many seconds (1)",
    "drop": "the connection is closed, nothing is stored",
    "drop-after-commit": "what was sent is stored, then the connection is closed",
    "moved": "the instance moves: this host answers 401, and sign-in names another",
    "expired": "the access tokens end: 401 until they are renewed",
    "revoked": "the sign-ins of the app end: 401, and its refresh tokens are not taken",
    "authorize-throttled": "the page that asks a person to agree answers 429",
    "code-life": "a code of OAuth 2 lives so many seconds (60)",
    "no-pkce": "a code of OAuth 2 is good for whoever has it",
    "id-throttled": "sign-in answers 429",
    "duplicate-correlation": "a batch is refused, as if its correlation ids were known",
    "unauthorized": "the body of a 401: empty, text, html (text)",
    "unknown-form": "the status of a form that is not there, at the public endpoint (200)",
    "redirect": "the status of a redirect after a submission (302)",
    "invalid": "a refused row at the public endpoint: page, redirect, silent (page)",
    "spam": "a row taken for spam: silent, page (silent)",
    "allow-list": "the public endpoint refuses what has no Referer",
    "token-once": "a token of the spam protection is good for one row",
    "token-life": "a token of the spam protection lives so many seconds (3600)",
    "no-batch": "batches are not there; the value is the status (404)",
    "batch-limit": "the most rows of a batch (100)",
    "no-option-lists": "the option lists of fields are not shown (403)",
    "no-spam-list": "the list of spam is not there (403)",
    "datarow": "the status of deleting a stored row (201)",
}
"""Each fault or switch, and what it does. In brackets: the value if none is given."""
SYNTAX = re.compile(
    r"(?P<name>[a-z-]+)(?:=(?P<value>[\w.-]+))?"
    r"(?:@(?P<every>\d{1,6})(?P<percent>%)?)?(?::(?P<times>\d{1,6}))?"
)


class UnknownFault(ValueError):  # noqa: N818 - what it is, read as a claim
    """It is no fault of the table, or not written as one."""


class _Fault(NamedTuple):
    name: str
    value: str
    every: int
    is_chance: bool
    times: int | None


class Faults:
    """The faults of one mock, which fire by count or by chance.

    Args:
        specifications: as on the command line.
        seed: the same one gives the same chances.

    Raises:
        UnknownFault: one is not understood.
    """

    def __init__(self, specifications: Iterable[str] = (), seed: int = 0) -> None:
        self._faults = {fault.name: fault for fault in map(_parsed, specifications)}
        self._chances = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._asked = dict.fromkeys(self._faults, 0)
        self._fired = dict.fromkeys(self._faults, 0)
        self._lock = Lock()

    def fires(self, name: str) -> bool:
        """Whether a fault happens now. Each question counts."""
        fault = self._faults.get(name)
        if fault is None:
            return False
        with self._lock:
            self._asked[name] += 1
            if fault.times is not None and self._fired[name] >= fault.times:
                return False
            if fault.is_chance:
                happens = self._chances.random() * 100 < fault.every
            else:
                happens = self._asked[name] % fault.every == 0
            self._fired[name] += happens
            return happens

    def value(self, name: str, default: str) -> str:
        """The value of a fault or switch, or the default if it has none."""
        fault = self._faults.get(name)
        return fault.value or default if fault else default

    def number(self, name: str, default: int) -> int:
        """The value of a fault or switch as a whole number."""
        value = self.value(name, str(default))
        return int(value) if value.isdecimal() else default

    def seconds(self, name: str, default: float) -> float:
        """The value of a fault or switch in seconds."""
        try:
            return max(0.0, float(self.value(name, str(default))))
        except ValueError:
            return default

    def __contains__(self, name: str) -> bool:
        return name in self._faults


def _parsed(specification: str) -> _Fault:
    found = SYNTAX.fullmatch(specification.strip())
    if found is None or found["name"] not in FAULTS:
        raise UnknownFault(f"There is no fault {specification!r}.")
    every = int(found["every"] or 1)
    if every < 1:
        raise UnknownFault(f"The fault {specification!r} would never happen.")
    times = None if found["times"] is None else int(found["times"])
    return _Fault(found["name"], found["value"] or "", every, found["percent"] is not None, times)
