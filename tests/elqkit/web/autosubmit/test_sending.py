"""The job behind a run: begun anew after a crash, handed back, and never consenting twice."""

from __future__ import annotations

from dataclasses import asdict, replace
import json
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

import pytest

from elqkit.autosubmit.access import Way
from elqkit.mock import ACCOUNT, Mock, serving
from elqkit.mock.site import SITE_ID
from elqkit.runs.pace import Speed
from elqkit.web.autosubmit import snapshots
from elqkit.web.autosubmit.drafts import Draft
from elqkit.web.autosubmit.mocks import MOCKS
from elqkit.web.autosubmit.routes import Kind, Route, connected
from elqkit.web.autosubmit.sending import FORM, ORDER, OUTCOMES, ROWS, Order, send
from elqkit.web.settings import SETTINGS
from safelight.api import LogInUse, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.api import AppendLog, Json, SettingValue, Slot

PEOPLE = b"E-mail\n" + b"".join(b"p%d@example.com\n" % number for number in range(30))
COMPANY, USER, PASSWORD = ACCOUNT


class Logs:
    """Logs that outlive a job, one holder each."""

    def __init__(self) -> None:
        self.records: dict[str, list[bytes]] = {}
        self.held: set[str] = set()

    def open(self, name: str) -> Log:
        """A log for one holder."""
        if name in self.held:
            raise LogInUse
        self.held.add(name)
        return Log(self, name)


class Log:
    """One of them."""

    def __init__(self, logs: Logs, name: str) -> None:
        self._logs, self._name = logs, name
        self._lock = Lock()

    def append(self, record: bytes) -> None:
        """Keep a record."""
        with self._lock:
            self._logs.records.setdefault(self._name, []).append(record)

    def read(self) -> list[bytes]:
        """All of them."""
        return list(self._logs.records.get(self._name, ()))

    def close(self) -> None:
        """Let another holder have it."""
        self._logs.held.discard(self._name)


class Context:
    """What the workbench gives a job, as far as this one asks for it."""

    owner = "a"

    def __init__(self, order: Order, form: bytes, logs: Logs, settings: dict[str, Any]) -> None:
        self.id = "1"
        self.key = bytes(32)
        self.settings: dict[str, SettingValue] = settings
        self.details: Json = order.stored()
        self.files = {ROWS: PEOPLE, FORM: form}
        self.command = ""
        self.result: Json = None
        self.kept: dict[str, bytes] = {}
        self._logs = logs

    def report(self, progress: Json) -> None:
        """Nobody looks."""

    def finish(self, result: Json) -> None:
        """The result."""
        self.result = result

    def keep(self, name: str, content: bytes) -> None:
        """A file of the result."""
        self.kept[name] = content

    def log(self, name: str) -> AppendLog:
        """One of the logs."""
        return self._logs.open(name)

    def slot(self, key: str) -> Slot:
        """None of these runs is of somebody who signed in at Eloqua's own page."""
        raise LookupError(key)


class Bench:
    """A mock, a form of it, and jobs that send to it."""

    def __init__(self, address: str, mock: Mock) -> None:
        self.mock, self.logs = mock, Logs()
        self.settings: dict[str, Any] = {each.name: each.default for each in SETTINGS}
        self.settings |= {"login": address, "hosts": address, "form_url": f"{address}/e/f2"}
        self.route = Route(
            Kind.SIGNED_IN, site_id=SITE_ID, company=COMPANY, user=USER, password=PASSWORD
        )
        with connected(self.route, self.settings) as connection:
            self.form = snapshots.dumps(connection.form("1"))

    def context(self, way: Way = Way.SINGLE, rate: float = 1_000.0, **more: Any) -> Context:
        """A job that is about to be run."""
        draft = Draft("", "people.csv", len(PEOPLE), "", route=self.route.stored())
        order = Order(draft, way, Speed(rate, 4), **more)
        return Context(order, self.form, self.logs, self.settings)


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A mock with the faults of the test's parameter."""
    mock = Mock(getattr(request, "param", ()))
    with serving(mock) as address:
        yield Bench(address, mock)


def counts(context: Context) -> tuple[int, int]:
    """Accepted rows, and unknown ones."""
    assert isinstance(context.result, dict)
    accepted, unknown = context.result["accepted"], context.result["unknown"]
    assert isinstance(accepted, int)
    assert isinstance(unknown, int)
    return accepted, unknown


def test_an_order_survives_being_stored() -> None:
    """Edits and choices are what they were."""
    draft = Draft("1", "a", 1, "k", fixes=["trim:1"], edits=[(0, 1, "x")], columns={"1": "f"})
    order = Order(draft, Way.PUBLIC, Speed(2.5, 3), is_unknown_again=True, generation=2)
    assert asdict(Order.of(json.loads(json.dumps(order.stored())))) == asdict(order)


def test_a_job_that_is_begun_anew_sends_nothing_twice(bench: Bench) -> None:
    """The ledger is the workbench's log."""
    send(bench.context())
    again = bench.context()
    send(again)
    assert (counts(again), len(bench.mock.site.rows)) == ((30, 0), 30)


def test_a_job_that_is_handed_back_has_no_result(bench: Bench) -> None:
    """Another worker begins it anew, and it is done."""
    first = bench.context(rate=40.0)
    timer = Timer(0.3, lambda: setattr(first, "command", "hand-back"))
    timer.start()
    send(first)
    timer.join()
    assert (first.result, first.kept) == (None, {})
    assert 0 < len(bench.mock.site.rows) < 30
    second = bench.context()
    send(second)
    assert (counts(second), len(bench.mock.site.rows)) == ((30, 0), 30)


@pytest.mark.parametrize("bench", [["drop-after-commit@3"]], indirect=True)
def test_consent_counts_once(bench: Bench) -> None:
    """Begun anew after a crash, the same job may not send unknown rows once more."""
    send(bench.context(Way.PUBLIC))
    consenting = bench.context(Way.PUBLIC, is_unknown_again=True)
    send(consenting)
    after, rows = counts(consenting), len(bench.mock.site.rows)
    assert rows > 30
    crashed = bench.context(Way.PUBLIC, is_unknown_again=True)
    send(crashed)
    assert (counts(crashed), len(bench.mock.site.rows)) == (after, rows)


def test_two_jobs_cannot_send_one_file(bench: Bench) -> None:
    """The second is refused, and says why."""
    running = bench.context(rate=40.0)
    refusals: list[str] = []

    def other() -> None:
        try:
            send(bench.context())
        except Refusal as refusal:
            refusals.append(refusal.code)

    timer = Timer(0.2, other)
    timer.start()
    send(running)
    timer.join()
    assert refusals == ["ledger.in-use"]


def test_what_is_kept_holds_no_secret(bench: Bench) -> None:
    """The sign-in ends with the job."""
    context = bench.context()
    send(context)
    assert set(context.kept) == {ROWS, ORDER, OUTCOMES}
    assert all(b"password" not in content for content in context.kept.values() if content != PEOPLE)
    assert json.loads(context.kept[ORDER])["draft"]["route"] == {}


def test_a_log_that_names_a_file_tells_it_to_nobody(bench: Bench) -> None:
    """Its name is a keyed hash, its records numbers."""
    send(bench.context())
    (name,) = bench.logs.records
    assert (len(name), b"example" in b"".join(bench.logs.records[name])) == (64, False)


@pytest.mark.parametrize(
    ("kind", "arrived"), [(Kind.SIGNED_IN, 30), (Kind.PUBLIC, 60), (Kind.MOCK, 60)]
)
def test_a_strangers_file_is_recognised_only_where_both_may_look(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: Kind, arrived: int
) -> None:
    """Who is signed in to the same Eloqua sends nothing twice; nobody else learns what was sent."""
    monkeypatch.setattr(MOCKS, "address", lambda *_: bench.settings["login"])
    bench.route = replace(bench.route, kind=kind)
    way = Way.PUBLIC if kind is Kind.PUBLIC else Way.SINGLE
    for owner in ("a", "b", "a"):
        context = bench.context(way)
        context.owner = owner
        send(context)
        assert counts(context) == (30, 0)
    assert len(bench.mock.site.rows) == arrived
