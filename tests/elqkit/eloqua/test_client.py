"""Reading: forms, stored rows, spam; and what is done when Eloqua is busy."""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING

import pytest

from elqkit.eloqua import Basic, Eloqua, client, wire
from elqkit.errors import Refused, Throttled, Unreachable
from elqkit_eloqua import pair

if TYPE_CHECKING:
    from elqkit.mock import Mock


def rest_calls(mock: Mock) -> int:
    """How many calls a mock had besides sign-in."""
    return sum(path != "/id" for _, path, _ in mock.site.calls)


def test_lists_the_forms_over_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many a page has."""
    monkeypatch.setattr(client, "PAGE_SIZE", 2)
    with pair() as (mock, _, eloqua):
        assert [form.id for form in eloqua.forms()] == ["1", "2", "3", "4", "5", "6"]
        assert rest_calls(mock) == 3


def test_finds_forms_by_name() -> None:
    """By Eloqua's own grammar."""
    with pair() as (_, _, eloqua):
        assert [form.id for form in eloqua.forms("name='*Webinar*'")] == ["2"]
        assert list(eloqua.forms("nothing like this")) == []


def test_reads_a_form_with_fields_rules_and_steps() -> None:
    """What a person must know before a run."""
    with pair() as (_, _, eloqua):
        form = eloqua.form("1")
    email, first_name = form.fields[:2]
    assert (email.html_name, email.is_required, email.is_email) == ("emailAddress", True, True)
    assert (first_name.max_chars, first_name.is_required) == (35, False)
    assert [step.is_enabled for step in form.steps] == [True, True]
    assert (form.can_map_contacts, form.is_hidden, form.is_spam_protected) == (True, False, False)


def test_finds_fields_in_groups_and_progressive_profiles() -> None:
    """And leaves out the button."""
    with pair() as (_, _, eloqua):
        names = [field.html_name for field in eloqua.form("4").fields]
        assert names == ["emailAddress", "jobTitle"]
        assert not any(field.display_type == "submit" for field in eloqua.form("1").fields)


def test_reads_what_protects_or_hides_a_form() -> None:
    """Booleans come as strings."""
    with pair() as (_, _, eloqua):
        assert (eloqua.form("3").is_spam_protected, eloqua.form("5").is_hidden) == (True, True)
        assert [step.is_enabled for step in eloqua.form("4").steps] == [False]


def test_a_form_that_is_not_there_is_refused() -> None:
    """With its status."""
    with pair() as (_, _, eloqua):
        with pytest.raises(Refused) as caught:
            eloqua.form("99")
        assert (caught.value.code, caught.value.status) == ("eloqua.not-found", 404)
        with pytest.raises(Refused) as caught:
            eloqua.form("x")
        assert caught.value.code == "eloqua.bad-parameter"


@pytest.mark.parametrize("fault", ["throttled=7@1:2", "error=503:2", "html=502:2", "drop:2"])
def test_a_call_that_only_reads_is_made_again(fault: str) -> None:
    """After a pause."""
    with pair(fault) as (_, _, eloqua):
        assert eloqua.form("1").id == "1"
        assert eloqua.pace.speed.throttled == 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [("throttled=7", Throttled), ("error", Unreachable), ("drop", Unreachable)],
)
def test_gives_up_after_four_tries(fault: str, error: type[Exception]) -> None:
    """What lasts is said."""
    with pair(fault) as (mock, _, eloqua):
        with pytest.raises(error):
            eloqua.form("1")
        assert rest_calls(mock) == 4


def test_a_pause_of_an_hour_is_told_not_slept() -> None:
    """The person decides."""
    with pair("throttled=3600") as (mock, _, eloqua):
        with pytest.raises(Throttled) as caught:
            eloqua.form("1")
        assert (caught.value.retry_after_s, rest_calls(mock)) == (3600, 1)


def test_html_where_json_belongs_is_an_error() -> None:
    """And not an empty list."""
    with pair("html=200") as (_, _, eloqua), pytest.raises(Unreachable) as caught:
        list(eloqua.forms())
    assert caught.value.code == "eloqua.not-understood"


def test_a_cancel_ends_a_wait() -> None:
    """Nothing more is sent."""
    cancelled = Event()
    with pair(cancelled=cancelled) as (mock, _, eloqua):
        cancelled.set()
        with pytest.raises(Unreachable, match="cancelled"):
            eloqua.form("1")
        assert not mock.site.calls


def test_a_slow_answer_ends_in_time() -> None:
    """A call that only reads leaves nothing open."""
    with pair("slow=1", read_s=0.05) as (_, _, eloqua), pytest.raises(Unreachable) as caught:
        eloqua.form("1")
    assert caught.value.code == "eloqua.no-answer-in-time"


def test_an_answer_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to a limit."""
    with pair() as (_, _, eloqua):
        assert eloqua.site.name == "Mock"
        monkeypatch.setattr(wire, "MAX_ANSWER_BYTES", 100)
        with pytest.raises(Unreachable, match="too-large"):
            eloqua.form("1")


def test_what_is_shown_or_logged_holds_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    """Neither password nor header, at any level."""
    caplog.set_level(logging.DEBUG)
    with pair("error=500") as (_, _, eloqua), pytest.raises(Unreachable) as caught:
        eloqua.form("1")
    header = Basic("Mock", "demo", "demo").authorization
    shown = repr((eloqua, caught.value)) + caplog.text
    assert (header in shown, "demo" in shown.replace("demo@", "")) == (False, False)


def test_takes_no_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes where nobody named it."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pair() as (_, _, eloqua):
        assert eloqua.form("1").id == "1"


def test_the_environment_signs_in_if_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the command line does."""
    for name, value in zip(("COMPANY", "USER", "PASSWORD"), ("Mock", "demo", "demo"), strict=True):
        monkeypatch.setenv(f"ELQKIT_{name}", value)
    with pair() as (_, address, eloqua):
        second = Eloqua(hosts=eloqua.hosts, login=address)
        with second:
            assert second.site.name == "Mock"


def test_the_values_of_a_list_are_those_that_are_sent() -> None:
    """Not the words that visitors see; what there is not is refused."""
    with pair() as (_, _, eloqua):
        assert eloqua.options("2") == ("products", "events")
        with pytest.raises(Refused):
            eloqua.options("99")
