"""What is said when something fails, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safelight.errors import FAULTS, plain_page, problem
from safelight_builders import API, PAGE, app, file, token
from safelight_logs import written
from toy_tool import SECRET

if TYPE_CHECKING:
    from flask import Flask

FIELDS = {"type", "title", "status", "detail", "code", "hint", "instance"}


def failing() -> Flask:
    """An application with a route that fails with a message that quotes the user."""
    application = app()

    @application.get("/fail")
    def fail() -> str:
        raise RuntimeError(SECRET)

    return application


def test_a_refusal_is_a_problem_document_on_the_api() -> None:
    """RFC 9457, with a stable code, what to do, and the request's number."""
    reply = app().test_client().post(API, data={"files": file(b"refuse")})
    document = reply.get_json()
    assert (reply.status_code, reply.content_type) == (415, "application/problem+json")
    assert set(document) == FIELDS
    assert document["code"] == "toy.refused"
    assert document["type"] == "urn:safelight:toy.refused"
    assert document["status"] == 415
    assert document["detail"] == "This is refused."
    assert document["hint"] == "Send another."
    assert document["instance"] == reply.headers["X-Request-Id"]


def test_a_refusal_is_a_page_for_a_person() -> None:
    """The same sentences and the same number."""
    client = app().test_client()
    reply = client.post(PAGE, data={"csrf_token": token(client)})
    assert (reply.status_code, reply.mimetype) == (422, "text/html")
    assert "No file came with the form." in reply.text
    assert reply.headers["X-Request-Id"] in reply.text


@pytest.mark.parametrize(
    ("path", "accept", "mimetype"),
    [
        ("/nothing", "text/html,application/json;q=0.9", "text/html"),
        ("/nothing", "application/json", "application/problem+json"),
        ("/nothing", "", "text/html"),
        ("/api/nothing", "text/html", "application/problem+json"),
    ],
)
def test_who_gets_which(path: str, accept: str, mimetype: str) -> None:
    """JSON below /api/ and for those who read nothing else."""
    reply = app().test_client().get(path, headers={"Accept": accept})
    assert (reply.status_code, reply.mimetype) == (404, mimetype)


@pytest.mark.parametrize("path", ["/fail", "/toy/broken"])
def test_a_fault_shows_nothing_of_itself(path: str, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the exception's text nor a name of the code, on the page or in the log."""
    reply = failing().test_client().get(path)
    assert reply.status_code == 500
    for word in (SECRET, "Traceback", "RuntimeError", "Undefined", "no_such_name", ".py"):
        assert word not in reply.text
    (line,) = written(caplog.records, "fault")
    assert SECRET not in str(line)
    assert line["request"] == reply.headers["X-Request-Id"]
    assert (" at " in line["trace"], "/" in line["trace"]) == (True, False)


def test_a_fault_of_an_action_shows_nothing_of_the_upload(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The tool's exception quoted the file: it goes nowhere. The log says where it was raised."""
    reply = app().test_client().post(API, data={"files": file(b"crash", SECRET)})
    assert (reply.status_code, reply.get_json()["code"]) == (500, "server.fault")
    (line,) = written(caplog.records, "fault")
    assert SECRET not in reply.text + str(line)
    assert line["trace"].startswith("RuntimeError at ")
    assert "toy_tool:" in line["trace"]


@pytest.mark.parametrize(
    "path", [f"/{SECRET}", f"/?q={SECRET}", f"/api/{SECRET}", f"/static/{SECRET}.css"]
)
def test_an_error_repeats_nothing_of_the_request(path: str) -> None:
    """No path, no query, no name."""
    reply = app().test_client().post(path)
    assert reply.status_code >= 400
    assert SECRET not in reply.text


def test_a_broken_error_page_still_answers() -> None:
    """The last resort needs no template, and carries the headers."""
    application = failing()
    application.jinja_env.globals.pop("asset")
    reply = application.test_client().get("/fail")
    assert reply.status_code == 500
    assert reply.text == plain_page(FAULTS[500], reply.headers["X-Request-Id"])
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_unusual_paths_are_4xx() -> None:
    """Whatever they are made of."""
    client = app().test_client()
    for path in ("/%00%ff/../..%2f..%2fetc/passwd", "/" + "a" * 20_000, "//evil.example/x"):
        assert 400 <= client.get(path).status_code < 500


@pytest.mark.parametrize("status", FAULTS)
def test_every_fault_has_a_title_a_sentence_and_a_code(status: int) -> None:
    """As the documentation lists them."""
    fault = FAULTS[status]
    assert fault.status == status
    assert fault.message.endswith(".")
    assert not fault.title.endswith(".")
    assert "." in fault.code
    assert f'"code": "{fault.code}"' in problem(fault, "1")


def test_a_plain_page_escapes_what_it_says() -> None:
    """Though nothing of a stranger's ever gets there."""
    assert "<script>" not in plain_page(FAULTS[400], "<script>")
