"""What the mock holds, in memory: forms, rows, spam, batches, tokens, the calls it saw."""

from __future__ import annotations

from collections import deque
from itertools import count
import secrets
from threading import RLock
import time
from typing import TYPE_CHECKING, NamedTuple

from elqkit.mock import seeds
from elqkit.mock.rules import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elqkit.mock.faults import Faults
    from elqkit.mock.seeds import Asset

SITE_ID = "1234567"
MAX_ROWS = 200_000
MAX_CALLS = 200
MAX_TOKENS = 100_000


class Row(NamedTuple):
    """A row that a form took, or took for spam."""

    id: str
    form_id: str
    values: Mapping[str, str]
    """By the id of the field."""
    submitted_at: int
    correlation_id: str = ""
    block_reason: str = ""


class SiteFull(Exception):  # noqa: N818 - a state
    """The mock holds as many rows as it may."""


class Site:
    """The state of one mock; `lock` guards all of it.

    Args:
        faults: what goes wrong.
        clock: seconds since 1970; another one in tests.
    """

    def __init__(self, faults: Faults, clock: Callable[[], float] = time.time) -> None:
        self.faults, self.clock = faults, clock
        self.lock = RLock()
        self.forms = {form["id"]: form for form in seeds.forms()}
        self.option_lists = {each["id"]: each for each in seeds.option_lists()}
        self.rows: dict[str, Row] = {}
        self.spam: list[Row] = []
        self.batches: dict[str, Asset] = {}
        """By correlation id."""
        self.correlation_ids: set[str] = set()
        self.calls: deque[tuple[str, str, int]] = deque(maxlen=MAX_CALLS)
        """Method, path and status; no query, as it may hold values."""
        self.form_tokens: dict[str, float] = {}
        self.old_hosts: set[str] = set()
        """Where the instance no longer is."""
        self._numbers = count(1)

    def next_id(self) -> str:
        """A number that nothing else has."""
        with self.lock:
            return str(next(self._numbers))

    def form_named(self, html_name: str) -> Asset | None:
        """The form of an HTML name."""
        named = (form for form in self.forms.values() if form["htmlName"] == html_name)
        return next(named, None)

    def store(self, form: Asset, values: Mapping[str, str], correlation_id: str = "") -> Row:
        """Keep a row, and give it an id.

        Raises:
            SiteFull: there is no more room.
        """
        with self.lock:
            row = self._row(form, values, correlation_id)
            self.rows[row.id] = row
            return row

    def block(self, form: Asset, values: Mapping[str, str], reason: str) -> None:
        """Keep a row among the spam."""
        with self.lock:
            self.spam.append(self._row(form, values)._replace(block_reason=reason))

    def _row(self, form: Asset, values: Mapping[str, str], correlation_id: str = "") -> Row:
        if len(self.rows) + len(self.spam) >= MAX_ROWS:
            raise SiteFull
        own = {field["id"] for field in fields_of(form["elements"])}
        kept = {id_: value for id_, value in values.items() if id_ in own}
        return Row(self.next_id(), form["id"], kept, int(self.clock()), correlation_id)

    def new_form_token(self) -> str:
        """A token of the spam protection."""
        with self.lock:
            while len(self.form_tokens) >= MAX_TOKENS:
                self.form_tokens.pop(next(iter(self.form_tokens)))
            token = secrets.token_urlsafe(24)
            self.form_tokens[token] = self.clock()
            return token
