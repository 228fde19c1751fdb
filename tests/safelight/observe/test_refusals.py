"""What is recorded and counted of refusals."""

from __future__ import annotations

import ast
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from safelight.errors import FAULTS
from safelight.observe import refusals
from safelight.observe.audit_events import NAME
from safelight_builders import API, PAGE, app, file
from safelight_logs import written
from safelight_metrics import added

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(refusals.__file__).parents[2]


@pytest.fixture(autouse=True)
def _info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "safelight")


def audited(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The lines of the audit log, but for jobs: those of other tests may end meanwhile."""
    lines = [line for line in written(caplog.records) if line["logger"] == "safelight.audit"]
    return [line for line in lines if not line["event"].startswith("job.")]


@pytest.mark.parametrize(
    ("headers", "check"),
    [
        ({"Host": "evil.example"}, "host"),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, "fetch-metadata"),
        ({"Cookie": "safelight=x"}, "csrf"),
    ],
)
def test_a_request_that_another_site_may_have_caused_is_recorded(
    caplog: pytest.LogCaptureFixture, headers: dict[str, str], check: str
) -> None:
    """With the check that it failed, and no address."""
    reply = app().test_client().post(PAGE, headers=headers)
    (line,) = audited(caplog)
    assert (line["event"], line["check"]) == ("request.refused", check)
    assert line["request"] == reply.headers["X-Request-Id"]
    assert "evil" not in str(line)


def test_a_limit_is_recorded_with_the_tool(caplog: pytest.LogCaptureFixture) -> None:
    """The toy takes five a minute."""
    client = app().test_client()
    for _ in range(6):
        client.post(API, data={"files": file()})
    (line,) = audited(caplog)
    assert (line["event"], line["limit"], line["tool"]) == ("limit.hit", "requests", "toy")


def test_refused_files_are_recorded_with_their_code(caplog: pytest.LogCaptureFixture) -> None:
    """Not with their name."""
    app().test_client().post(API, data={"files": file(b"x" * 2000, "canary.jpg")})
    (line,) = audited(caplog)
    assert (line["event"], line["code"], line["tool"]) == (
        "upload.refused",
        "upload.too-large",
        "toy",
    )
    assert "canary" not in str(line)


def test_other_refusals_are_counted_alone(caplog: pytest.LogCaptureFixture) -> None:
    """An address that leads nowhere is no event for an auditor."""
    with added() as count:
        app().test_client().get("/nowhere")
    assert count("safelight_refusals_total", code="request.not-found") == 1
    assert audited(caplog) == []


@pytest.mark.parametrize(
    ("endpoint", "tool"),
    [
        ("toy.form", "toy"),
        ("api.toy.count", "toy"),
        ("safelight.healthz", ""),
        ("static.toy", ""),
        ("static", ""),
        ("", ""),
    ],
)
def test_an_endpoint_names_its_tool(endpoint: str, tool: str) -> None:
    """The workbench's own are of none."""
    assert refusals.tool_of(endpoint) == tool


def codes() -> Iterator[tuple[str, ast.expr]]:
    """Where a refusal is made, and the first value that it is given."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Refusal(" in text else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refusal" and node.args:
                yield f"{path.name}:{node.lineno}", node.args[0]


def is_of_the_source(code: ast.expr) -> bool:
    """Whether a code is written there, or passed on from where it is."""
    if isinstance(code, ast.Constant):
        return NAME.fullmatch(str(code.value)) is not None
    if isinstance(code, ast.JoinedStr):
        return isinstance(code.values[0], ast.Constant)
    passed_on = isinstance(code, ast.Attribute) and code.attr == "code"
    kept = ast.unparse(code) == "str(refusal['code'])"
    return passed_on or isinstance(code, ast.Name) or kept


def test_a_code_is_written_in_the_source() -> None:
    """So nothing that was sent can become one, and with it a label or a field."""
    found = list(codes())
    strange = [place for place, code in found if not is_of_the_source(code)]
    assert (strange, len(found) > 10) == ([], True)
    assert all(NAME.fullmatch(fault.code) for fault in FAULTS.values())
