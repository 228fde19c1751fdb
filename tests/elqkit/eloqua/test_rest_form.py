"""Sending rows signed in: one by one, and as batches that may safely be sent again."""

from __future__ import annotations

import pytest

from elqkit.eloqua import Arrival, CorrelatedRow, Outcome, RestForm, receipts
from elqkit.errors import BadRow, Fault, Refused, Throttled, Unsure
from elqkit_eloqua import EMAIL, correlated, pair

ADA, BOB = correlated("run-1", "ada@example.com"), correlated("run-2", "bob@example.com")


def test_an_accepted_row_has_a_number() -> None:
    """By which it can be found and taken back."""
    with pair() as found:
        receipt = RestForm(found.eloqua, "1").submit([(EMAIL, "ada@example.com")])
        assert (receipt.outcome, receipt.status) == (Outcome.ACCEPTED, 201)
        (stored,) = found.eloqua.submissions("1")
        assert (stored.id, stored.values) == (receipt.submission_id, {EMAIL: "ada@example.com"})
        found.eloqua.delete_submission("1", stored.row_id)
        found.eloqua.delete_submission("1", stored.row_id)
        assert found.stored == []


def test_a_refused_row_names_field_and_rule_but_no_value() -> None:
    """The value is somebody's."""
    with pair() as found:
        receipt = RestForm(found.eloqua, "1").submit([(EMAIL, "ada@")])
    assert receipt.outcome is Outcome.REFUSED
    assert receipt.faults == (Fault(EMAIL, "EmailAddressRequirement"),)
    assert "ada" not in repr(receipt)


@pytest.mark.parametrize("fault", ["drop", "drop-after-commit", "error", "error-after-commit=503"])
def test_a_lost_answer_is_unknown_and_not_sent_again(fault: str) -> None:
    """A single row has no key."""
    with pair(f"{fault}:1") as found:
        receipt = RestForm(found.eloqua, "1").submit([(EMAIL, "ada@example.com")])
        assert (receipt.outcome, len(found.stored)) == (Outcome.UNKNOWN, "commit" in fault)


def test_html_with_200_is_unknown() -> None:
    """No row was named."""
    with pair("html=200") as found:
        receipt = RestForm(found.eloqua, "1").submit([(EMAIL, "ada@example.com")])
        assert receipt.outcome is Outcome.UNKNOWN


def test_a_form_that_is_not_there_ends_the_run() -> None:
    """It is not the row's fault."""
    with pair() as found, pytest.raises(Refused):
        RestForm(found.eloqua, "99").submit([(EMAIL, "ada@example.com")])


def test_a_429_slows_the_client_down() -> None:
    """Nothing was taken."""
    with pair("throttled=2:1") as found:
        form = RestForm(found.eloqua, "1")
        with pytest.raises(Throttled):
            form.submit([(EMAIL, "ada@example.com")])
        assert form.submit([(EMAIL, "ada@example.com")]).outcome is Outcome.ACCEPTED
        assert len(found.stored) == 1


def test_a_row_is_sent_once_to_an_instance_that_moved() -> None:
    """A 401 is a refusal, so it may be sent to the new place."""
    with pair("moved@2:1") as found:
        form = RestForm(found.eloqua, "1")
        for name in ("ada", "bob"):
            assert form.submit([(EMAIL, f"{name}@example.com")]).outcome is Outcome.ACCEPTED
        assert found.stored == ["ada@example.com", "bob@example.com"]


def test_a_batch_tells_of_each_row() -> None:
    """When Eloqua is done with it."""
    with pair() as found:
        form = RestForm(found.eloqua, "1")
        arrival, batch = form.submit_batch("run", [ADA, correlated("run-3", "bad")])
        assert (arrival, batch.is_done) == (Arrival.TAKEN, False)
        assert {each.outcome for each in receipts(batch).values()} == {Outcome.UNKNOWN}
        done = receipts(form.wait_for_batch("run"))
    assert {key: each.outcome for key, each in done.items()} == {
        "run-1": Outcome.ACCEPTED,
        "run-3": Outcome.REFUSED,
    }
    assert done["run-3"].faults == (Fault(EMAIL, "EmailAddressRequirement"),)


@pytest.mark.parametrize(
    "fault", ["drop:1", "drop-after-commit:1", "error:1", "error-after-commit:1"]
)
def test_a_batch_whose_answer_was_lost_is_there_once(fault: str) -> None:
    """It is looked for, and sent again only if it is not there."""
    with pair(fault) as found:
        arrival, _ = RestForm(found.eloqua, "1").submit_batch("run", [ADA, BOB])
        assert found.stored == ["ada@example.com", "bob@example.com"]
        came_before = arrival is Arrival.ALREADY_THERE
        assert came_before == ("commit" in fault)


def test_a_batch_that_is_sent_again_is_recognised() -> None:
    """After a crash, by its id."""
    with pair() as found:
        form = RestForm(found.eloqua, "1")
        form.submit_batch("run", [ADA])
        assert form.submit_batch("run", [ADA])[0] is Arrival.ALREADY_THERE
        assert found.stored == ["ada@example.com"]


def test_known_rows_in_another_batch_are_refused_together() -> None:
    """None of the batch is stored, the new ones neither."""
    with pair() as found:
        form = RestForm(found.eloqua, "1")
        form.submit_batch("run", [ADA])
        with pytest.raises(BadRow) as caught:
            form.submit_batch("other", [ADA, BOB])
        assert caught.value.faults == (Fault("correlationId", "UniquenessRequirement"),)
        assert found.stored == ["ada@example.com"]


def test_a_duplicate_that_is_none_is_refused() -> None:
    """There is no batch of that id, so nothing is claimed."""
    with pair("duplicate-correlation") as found:
        with pytest.raises(BadRow):
            RestForm(found.eloqua, "1").submit_batch("run", [ADA])
        assert found.stored == []


def test_stays_unsure_if_nobody_answers() -> None:
    """Neither the batch nor the question for it."""
    with pair("drop") as found:
        with pytest.raises(Unsure):
            RestForm(found.eloqua, "1").submit_batch("run", [ADA])
        assert [method for method, _, _ in found.mock.site.calls].count("POST") == 1


@pytest.mark.parametrize("status", ["403", "404"])
def test_a_site_without_batches_says_so(status: str) -> None:
    """Then single rows are the way."""
    with pair(f"no-batch={status}") as found, pytest.raises(Refused) as caught:
        RestForm(found.eloqua, "1").submit_batch("run", [ADA])
    assert caught.value.status == int(status)


@pytest.mark.parametrize(
    "rows", [[], [ADA, ADA], [correlated("", "x")], [correlated("run", "x")], [ADA] * 101]
)
def test_a_batch_that_eloqua_would_refuse_is_not_sent(rows: list[CorrelatedRow]) -> None:
    """An id is there once."""
    with pair() as found:
        with pytest.raises(ValueError, match=r"batch|id"):
            RestForm(found.eloqua, "1").submit_batch("run", rows)
        assert not found.mock.site.calls


def test_the_list_of_spam_may_be_missing() -> None:
    """Not every site has it."""
    with pair("no-spam-list") as found, pytest.raises(Refused):
        list(found.eloqua.spam("1"))
