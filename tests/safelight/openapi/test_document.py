"""The API's document tells of every route, in the terms of what tools declare."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

from json_schema import faults
from safelight.openapi import codes
from safelight.openapi.document import Caller, document, undescribed
from safelight.openapi.schemas import PROBLEM
from safelight.tool_loading import installed_tools
from safelight_builders import API, PAGE, app, file
import toy_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(codes.__file__).parents[1]
SERVER = "http://127.0.0.1:8847"
COUNT = "/api/v1/toy/count"


def made(*, signed_in: bool = False) -> dict[str, Any]:
    """The document of the workbench with the toy."""
    found: dict[str, Any] = document(app(), (toy_tool.tool,), Caller(SERVER, signed_in))
    return found


def installed() -> dict[str, Any]:
    """That of the tools that are installed."""
    tools = installed_tools().loaded
    found: dict[str, Any] = document(app(tools=tools), tools, Caller(SERVER, signed_in=False))
    return found


def references(node: object) -> Iterator[str]:
    """Every reference in a document."""
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str):
            yield target
        for each in node.values():
            yield from references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def at(whole: Any, reference: str) -> Any:
    """What a reference leads to."""
    for name in reference.removeprefix("#/").split("/"):
        whole = whole[name]
    return whole


def test_no_route_of_the_api_is_left_out() -> None:
    """A route that nobody described has no place below `/api/`."""
    tools = installed_tools().loaded
    assert undescribed(app(tools=tools)) == []


def test_an_undescribed_route_is_found() -> None:
    """Or the test above would test nothing."""
    application = app()
    application.add_url_rule("/api/v1/more", "more", lambda: "", methods=["POST"])
    assert undescribed(application) == ["POST /api/v1/more"]


def test_every_reference_leads_somewhere() -> None:
    """Those of the tools' own schemas, too, which are moved into the document."""
    whole = installed()
    found = set(references(whole))
    assert any("/$defs/" in each for each in found)
    for each in found:
        assert at(whole, each), each


def test_numbers_of_operations_are_unique() -> None:
    """Programs that are made from the document name functions by them."""
    ids = [node["operationId"] for item in installed()["paths"].values() for node in item.values()]
    assert len(ids) == len(set(ids))


def test_the_form_of_an_action_is_told() -> None:
    """Its files and its options, with what they may hold."""
    content = made()["paths"][COUNT]["post"]["requestBody"]["content"]
    assert list(content) == ["multipart/form-data"]
    form = content["multipart/form-data"]["schema"]
    assert (form["required"], form["additionalProperties"]) == (["files"], False)
    assert form["properties"]["files"]["maxItems"] == toy_tool.MAX_FILES
    assert form["properties"]["exact"]["type"] == "boolean"
    assert form["properties"]["unit"]["enum"] == ["bytes", "kilobytes"]
    assert form["properties"]["label"]["maxLength"] == 10


def test_limits_are_those_that_are_enforced() -> None:
    """From the same declaration."""
    assert made()["paths"][COUNT]["post"]["x-limits"] == {
        "requests": "5/minute",
        "files": 3,
        "bytes_of_a_file": 1000,
        "bytes_of_a_request": 3000 + 64 * 1024,
    }


def test_a_file_to_save_is_told_from_an_answer() -> None:
    """By its media types, and by the header that names it."""
    responses = installed()["paths"]["/api/v1/mapy/clean"]["post"]["responses"]
    assert "image/*" in responses["200"]["content"]
    assert "Content-Disposition" in responses["200"]["headers"]


def test_whoever_may_call_without_a_token_is_told() -> None:
    """On this machine everyone; where there are accounts only those who sign in."""
    ways: list[dict[str, list[str]]] = [{"token": []}, {"session": [], "form_token": []}]
    assert made()["security"] == [{}, *ways]
    assert made(signed_in=True)["security"] == ways
    assert "401" not in made()["paths"][COUNT]["post"]["responses"]
    assert "401" in made(signed_in=True)["paths"][COUNT]["post"]["responses"]


def test_a_refusal_is_what_the_document_says() -> None:
    """A problem, with a code of the table."""
    reply = app().test_client().post(API, data={"files": file(), "unit": "miles"})
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert faults(reply.json, {key: PROBLEM[key] for key in ("type", "required")}) == []
    assert reply.json is not None
    assert set(reply.json) == set(at(PROBLEM, "properties"))
    assert reply.json["code"] in codes.CODES


def codes_in(path: Path) -> Iterator[object]:
    """The codes that a module makes refusals with."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"Refusal": 0, "Fault": 1}.get(node.func.id)
            given = node.args[place] if place is not None and len(node.args) > place else None
            if isinstance(given, ast.Constant):
                yield given.value


def test_every_code_of_the_workbench_is_told() -> None:
    """What `Refusal` and `Fault` are made with stands in the table of `openapi/codes.py`."""
    used = {code for path in SOURCES.glob("**/*.py") for code in codes_in(path)}
    assert used - codes.CODES.keys() == set()
    assert "upload.too-large" in used


def test_the_document_is_served() -> None:
    """Under the name that it was asked for by."""
    reply = app().test_client().get("/api/openapi.json", base_url="http://localhost:9000")
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert reply.json is not None
    assert (reply.json["openapi"], reply.json["servers"]) == (
        "3.1.1",
        [{"url": "http://localhost:9000"}],
    )


def test_a_body_that_is_no_form_is_refused() -> None:
    """It would be passed over, and the answer would be about nothing."""
    client = app().test_client()
    reply = client.post("/api/v1/toy/ping", data=b'{"a": 1}', content_type="application/json")
    assert reply.json is not None
    assert (reply.status_code, reply.json["code"]) == (415, "form.media-type")
    assert client.post("/api/v1/toy/ping").status_code == 200
    assert client.get(PAGE).status_code == 200
