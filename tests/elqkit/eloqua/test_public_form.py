"""The public endpoint: what each answer says of a row."""

from __future__ import annotations

from threading import Event

import pytest

from elqkit.eloqua import Outcome, PublicForm
from elqkit.eloqua.public_form import judge
from elqkit.eloqua.wire import Answer
from elqkit.errors import HostNotAllowed, Throttled, Unreachable
from elqkit.mock import Mock
from elqkit.mock.public import FAILURE, THANKS
from elqkit_eloqua import EMAIL, pair

ROW = [("emailAddress", "ada@example.com")]
NAUGHTY = [
    "+49 1",
    "=1+1",
    "<b>",
    "a&b=c;d",
    "00123",
    "\xa0x\xa0",
    "日本",
    "🏳️‍🌈",
    "%41",
    "a\r\nb",
    " ",
]


def test_an_empty_answer_is_accepted() -> None:
    """A line end is Eloqua's thanks."""
    with pair() as found:
        assert found.public().submit(ROW).outcome is Outcome.ACCEPTED
        assert found.stored == ["ada@example.com"]


@pytest.mark.parametrize("value", NAUGHTY)
def test_a_value_arrives_as_it_is(value: str) -> None:
    """Byte for byte."""
    with pair() as found:
        found.public().submit([*ROW, ("comment", value)])
        (row,) = found.mock.site.rows.values()
        assert list(row.values.values()) == ["ada@example.com", value]


def test_values_go_into_the_body_alone() -> None:
    """Addresses end in logs."""
    targets: list[str] = []

    class Watched(Mock):
        def answer(self, request):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            targets.append(request.target)
            return super().answer(request)

    with pair() as found:
        found.mock.__class__ = Watched
        found.public().submit(ROW)
    assert targets == ["/e/f2"]


@pytest.mark.parametrize("status", ["301", "302", "303"])
def test_a_redirect_is_accepted_and_not_followed(status: str) -> None:
    """Its address is told without a query."""
    with pair(f"redirect={status}") as found:
        receipt = found.public("2").submit([*ROW, ("fullName", "Ada")])
    assert (receipt.outcome, receipt.location) == (Outcome.REDIRECTED, THANKS)
    assert receipt.outcome.is_accepted


def test_a_page_with_the_forms_message_is_refused() -> None:
    """With 200, as Eloqua does."""
    with pair() as found:
        receipt = found.public().submit([("emailAddress", "ada\xa0@example.com")])
        assert (receipt.outcome, receipt.status) == (Outcome.REFUSED, 200)
        assert receipt.seen == ("A valid email address is required",)
        assert found.stored == []


def test_a_redirect_to_the_failure_page_is_refused() -> None:
    """If it is known which one that is."""
    with pair("invalid=redirect") as found:
        form = found.public(failure_pages=[f"{FAILURE}?x=1"])
        assert form.submit([("emailAddress", "")]).outcome is Outcome.REFUSED


@pytest.mark.parametrize("fault", ["unknown-form=200", "unknown-form=404", "allow-list"])
def test_an_error_page_is_refused(fault: str) -> None:
    """Whatever its status."""
    with pair(fault) as found:
        if fault != "allow-list":
            found.mock.site.forms["1"]["htmlName"] = "other"
            form = PublicForm(
                f"{found.address}/e/f2", "1234567", "newsletter",
                wire=found.eloqua.wire, hosts=found.eloqua.hosts, pace=found.eloqua.pace,
            )  # fmt: skip
        else:
            form = found.public()
        assert form.submit(ROW).outcome is Outcome.REFUSED


def test_a_named_page_passes_the_allow_list() -> None:
    """By its Referer."""
    with pair("allow-list") as found:
        form = found.public(origin="https://www.example.com/form")
        assert form.submit(ROW).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("fault", ["drop", "drop-after-commit", "error", "error-after-commit"])
def test_a_lost_answer_is_unknown(fault: str) -> None:
    """Stored or not: nobody can tell, so nothing is sent again."""
    with pair(fault) as found:
        assert found.public().submit(ROW).outcome is Outcome.UNKNOWN
        assert len(found.stored) == ("commit" in fault)


def test_no_answer_in_time_is_unknown() -> None:
    """Sent is sent."""
    with pair("slow=0.5", read_s=0.05) as found:
        receipt = found.public().submit(ROW)
    assert (receipt.outcome, receipt.code) == (Outcome.UNKNOWN, "eloqua.no-answer-in-time")


def test_a_429_says_that_nothing_was_taken() -> None:
    """With its pause, which all calls of the client keep."""
    with pair("throttled=9") as found:
        with pytest.raises(Throttled) as caught:
            found.public().submit(ROW)
        assert (caught.value.retry_after_s, found.stored) == (9, [])
        assert found.eloqua.pace.speed.paused_s == pytest.approx(9)


def test_a_protected_form_gets_a_token_and_its_time() -> None:
    """Too early, and Eloqua takes the row for spam without a word."""
    now = [1_760_000_000.0]

    class Waits(Event):
        def wait(self, timeout: float | None = None) -> bool:
            now[0] += timeout or 0
            return False

    with pair(clock=lambda: now[0]) as found:
        form = found.public("3", is_protected=True, cancelled=Waits())
        assert form.submit(ROW).outcome is Outcome.ACCEPTED
        assert (len(found.mock.site.rows), found.mock.site.spam) == (1, [])


def test_what_is_taken_for_spam_looks_accepted_and_is_found_in_the_list() -> None:
    """So a run looks there at its end."""
    with pair() as found:
        receipt = found.public("3").submit(ROW)
        early = found.public("3", is_protected=True, token_wait_s=0.0).submit(ROW)
        reasons = [each.block_reason for each in found.eloqua.spam("3")]
    assert receipt.outcome is early.outcome is Outcome.ACCEPTED
    assert reasons == ["TokenMissing", "SubmittedTooFast"]


def test_a_missing_token_sends_nothing() -> None:
    """The row may be sent later."""
    with pair() as found:
        form = PublicForm(
            f"{found.address}/e/f2", "99", "contest", is_protected=True,
            wire=found.eloqua.wire, hosts=found.eloqua.hosts, pace=found.eloqua.pace,
        )  # fmt: skip
        with pytest.raises(Unreachable, match="no-token"):
            form.submit(ROW)


def test_more_values_of_a_field_are_sent_as_often() -> None:
    """As a browser does."""
    with pair() as found:
        found.public("2").submit([*ROW, ("fullName", "A"), ("topics", "x"), ("topics", "y")])
        (row,) = found.mock.site.rows.values()
        assert list(row.values.values())[-1] == "x::y"


def test_a_column_may_not_take_the_place_of_eloquas_own() -> None:
    """It could lead a row to another form."""
    with pair() as found, pytest.raises(ValueError, match="own"):
        found.public().submit([("ELQFormName", "webinar")])


def test_a_foreign_address_gets_no_row() -> None:
    """Only Eloqua's hosts, and those that an administrator names."""
    with pair() as found, pytest.raises(HostNotAllowed):
        PublicForm(
            "https://forms.example.com/e/f2", "1", "x",
            wire=found.eloqua.wire, hosts=found.eloqua.hosts, pace=found.eloqua.pace,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b"\r\n", Outcome.ACCEPTED),
        (204, b"", Outcome.ACCEPTED),
        (200, b"<p>Thank you</p>", Outcome.UNKNOWN),
        (200, b"<script>if (error) {}</script><p>Hello</p>", Outcome.UNKNOWN),
        (200, b"<p>An <b>error</b> occurred</p>", Outcome.REFUSED),
        (302, b"", Outcome.UNKNOWN),
        (403, b"", Outcome.REFUSED),
        (404, b"", Outcome.REFUSED),
        (408, b"", Outcome.UNKNOWN),
        (500, b"\r\n", Outcome.UNKNOWN),
        (503, b"", Outcome.UNKNOWN),
    ],
)
def test_status_and_body_are_judged(status: int, body: bytes, outcome: Outcome) -> None:
    """Neither alone tells."""
    assert judge(Answer(status, {}, body)).outcome is outcome


def test_a_redirect_to_the_sign_in_is_not_accepted() -> None:
    """No form leads there."""
    answer = Answer(302, {"location": "https://login.eloqua.com/?next=x"}, b"")
    assert judge(answer).outcome is Outcome.UNKNOWN


def test_a_hostile_page_is_judged_in_time() -> None:
    """The work is linear."""
    for body in (b"<script " * 25_000, b"<" * 200_000, b"</script" * 25_000):
        assert judge(Answer(200, {}, body)).outcome is Outcome.UNKNOWN


def test_the_fields_id_is_the_one_the_tests_name() -> None:
    """The mock's forms are the same each time."""
    assert Mock().site.forms["1"]["elements"][0]["id"] == EMAIL
