"""Every shape of a refusal becomes one typed error."""

from __future__ import annotations

import json
import time

import pytest

from elqkit.eloqua.answers import error_of, faults_in, is_success
from elqkit.eloqua.shapes import MAX_DEPTH, every_object
from elqkit.eloqua.wire import Answer
from elqkit.errors import (
    BadRow,
    EloquaError,
    ElqError,
    Fault,
    NotSignedIn,
    Refused,
    Throttled,
    Unreachable,
    Unsure,
)

VALIDATION = [
    {
        "type": "ObjectValidationError",
        "property": "name",
        "requirement": {"type": "UniquenessRequirement", "conflictingId": "7"},
        "value": "secret",
    }
]
PARAMETER = {
    "type": "EndpointParameterError",
    "parameter": "id",
    "requirement": {"type": "IdRequirement"},
    "value": "secret",
}
BULK = {"failures": [{"field": "filter", "value": "secret", "constraint": "Not secret."}]}


def answer(status: int, body: object = None, **headers: str) -> Answer:
    """An answer with a body of JSON, or of bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, headers, content if body is not None else b"")


@pytest.mark.parametrize(
    ("found", "error", "code"),
    [
        (answer(200, "Not authenticated."), NotSignedIn, "eloqua.not-signed-in"),
        (answer(401), NotSignedIn, "eloqua.not-signed-in"),
        (answer(400, VALIDATION), BadRow, "eloqua.bad-row"),
        (answer(400, BULK), BadRow, "eloqua.bad-row"),
        (answer(400, PARAMETER), Refused, "eloqua.bad-parameter"),
        (answer(400, b"<html>no</html>"), Refused, "eloqua.refused"),
        (answer(400, b"[" * 100_000), Refused, "eloqua.refused"),
        (answer(301), Refused, "eloqua.sign-in-required"),
        (answer(403, b"Forbidden"), Refused, "eloqua.forbidden"),
        (answer(404), Refused, "eloqua.not-found"),
        (answer(409, []), Refused, "eloqua.conflict"),
        (answer(410), Refused, "eloqua.gone"),
        (answer(412), Refused, "eloqua.in-use"),
        (answer(413), Refused, "eloqua.too-large"),
        (answer(418), Refused, "eloqua.refused"),
        (answer(429), Throttled, "eloqua.throttled"),
    ],
)
def test_a_refusal_is_typed(found: Answer, error: type[EloquaError], code: str) -> None:
    """By status first, then by what the body says; and no value is kept."""
    made = error_of(found, only_reads=False)
    assert (type(made), made.code, is_success(found)) == (error, code, False)
    assert "secret" not in repr(vars(made))


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_of_the_server_leaves_a_send_open(status: int) -> None:
    """And a call that only reads not."""
    assert isinstance(error_of(answer(status), only_reads=False), Unsure)
    assert isinstance(error_of(answer(status), only_reads=True), Unreachable)


def test_faults_name_property_requirement_and_conflict() -> None:
    """For a person to act on."""
    assert list(faults_in(VALIDATION)) == [Fault("name", "UniquenessRequirement", "7")]
    assert list(faults_in(BULK)) == [Fault("filter", "Constraint")]


@pytest.mark.parametrize("body", [None, "x", 5, [], {}, [[]], [5], [{"requirement": 5}]])
def test_a_body_of_any_shape_is_survived(body: object) -> None:
    """It has no faults then."""
    assert list(faults_in(body)) == []


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    """RFC 9110, section 10.2.3; what is neither is none."""
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 60))
    found = [Answer(429, {"retry-after": each}, b"").retry_after_s for each in ("7", "soon", later)]
    assert found[:2] == [7, None]
    assert found[2] == pytest.approx(60, abs=2)
    assert Answer(429, {}, b"").retry_after_s is None


def test_an_answer_does_not_show_its_body() -> None:
    """It may hold somebody's values."""
    assert "secret" not in repr(answer(200, {"a": "secret"}))


def test_a_deep_form_is_read_to_a_limit() -> None:
    """No answer can exhaust the stack."""
    deep: list[object] = []
    for _ in range(500):
        deep = [deep, {"type": "FormField"}]
    assert len(list(every_object(deep))) == MAX_DEPTH


def test_the_errors_have_one_root() -> None:
    """A caller catches one name."""
    for error in (BadRow, Refused, NotSignedIn, Unsure, Throttled, Unreachable):
        assert issubclass(error, ElqError)
