"""The application: a tool is one package, and what the workbench makes of its declaration."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

from flask import Blueprint
import pytest

from safelight import tool_loading
from safelight.api import Tool
from safelight.app import create_app
from safelight.settings import BadSettings, Settings
from safelight_builders import API, PAGE, app, file, token
from safelight_logs import written
import toy_tool

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_tool_gets_its_card_on_the_landing_page() -> None:
    """The card comes from the tool's own template."""
    assert "Count bytes" in app().test_client().get("/").text


def test_a_tool_gets_its_page_under_its_slug() -> None:
    """The blueprint is mounted at /<slug>/ and finds its templates and its style sheet."""
    page = app().test_client().get(PAGE).text
    assert "/toy/static/toy.css?v=" in page


def test_an_action_gets_an_api_route() -> None:
    """POST /api/v1/<tool>/<action> gives the action's answer as JSON, in the action's order."""
    reply = app().test_client().post(API, data={"files": file(), "unit": "bytes", "exact": "on"})
    assert reply.status_code == 200
    assert reply.content_type == "application/json"
    assert reply.text == (
        '{"files": [{"name": "a.bin", "size": 5, "refusal": null}],'
        ' "options": {"exact": true, "unit": "bytes", "label": null}}\n'
    )


def test_an_action_without_files_needs_none() -> None:
    """An action that declares no files takes an empty request."""
    assert app().test_client().post("/api/v1/toy/ping").json == {"pong": True}


def test_page_and_api_share_one_way_of_receiving() -> None:
    """The page shows what the API counted."""
    client = app().test_client()
    reply = client.post(PAGE, data={"csrf_token": token(client), "files": file(b"1234567")})
    assert "<p>a.bin: 7</p>" in reply.text


def test_a_tool_brings_its_own_settings() -> None:
    """The row's variable reaches the action."""
    client = app({"TOY_MAX_BYTES": "3"}).test_client()
    assert client.post(API, data={"files": file(b"1234")}).status_code == 413


def test_a_tools_bad_setting_is_refused_at_the_start() -> None:
    """The application does not start on half of its settings."""
    with pytest.raises(BadSettings) as error:
        app({"TOY_MAX_BYTES": "many"})
    assert error.value.problems == ("TOY_MAX_BYTES: This is a number. Write digits only.",)


def test_another_method_than_post_is_405_and_says_which() -> None:
    """An action's route takes POST alone."""
    client = app().test_client()
    for method in ("GET", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        reply = client.open(API, method=method)
        assert (reply.status_code, reply.headers["Allow"]) == (405, "POST"), method


def test_tools_are_found_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed distribution that names a tool is all it takes."""
    monkeypatch.setattr(tool_loading, "entry_points", _entries("toy_tool:tool"))
    client = create_app(Settings()).test_client()
    assert client.get(PAGE).status_code == 200
    assert client.get("/readyz").json == {"missing": [], "reasons": {}, "status": "ok"}


@pytest.mark.parametrize("target", ["toy_tool:missing", "no_such_package:tool", "toy_tool:count"])
def test_a_tool_that_does_not_load_is_reported_and_not_fatal(
    monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """The rest still serves; /readyz names the missing one."""
    monkeypatch.setattr(tool_loading, "entry_points", _entries(target))
    client = create_app(Settings()).test_client()
    assert client.get("/").status_code == 200
    assert client.get("/healthz").status_code == 200
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.get_json()["missing"] == ["tool:third"]
    assert "could not be loaded" in reply.get_json()["reasons"]["tool:third"]


@pytest.mark.parametrize("slug", ["api", "static", "Toy", "../toy", "", "healthz"])
def test_a_slug_that_would_shadow_an_address_is_refused(slug: str) -> None:
    """A tool can't take the workbench's own addresses."""
    tool = Tool(
        slug, "T", "", toy_tool.blueprint, toy_tool.actions, settings=toy_tool.tool.settings
    )
    with pytest.raises(ValueError, match="slug"):
        app(tools=[tool])


@pytest.mark.parametrize(
    "blueprint",
    [Blueprint("other", "toy_tool"), Blueprint("toy", "toy_tool", static_folder="static")],
)
def test_a_blueprint_that_would_go_its_own_way_is_refused(blueprint: Blueprint) -> None:
    """Its name is the slug; static files are served by the workbench."""
    tool = Tool(
        "toy", "T", "", lambda _: blueprint, toy_tool.actions, settings=toy_tool.tool.settings
    )
    with pytest.raises(ValueError, match="toy"):
        app(tools=[tool])


def test_unknown_variables_of_the_workbench_and_its_tools_warn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A misspelt variable would otherwise be silently without effect."""
    app({"SAFELIGHT_THREAD": "4", "TOY_MAX_BYTE": "1", "MAPY_X": "1", "PATH": "/bin"})
    assert [line["detail"] for line in written(caplog.records, "setting-unknown")] == [
        "SAFELIGHT_THREAD is not a setting and has no effect. Did you mean SAFELIGHT_THREADS?",
        "TOY_MAX_BYTE is not a setting and has no effect. Did you mean TOY_MAX_BYTES?",
    ]


def _entries(target: str) -> Callable[..., list[EntryPoint]]:
    def entry_points(group: str) -> list[EntryPoint]:
        assert group == "safelight.tools"
        return [EntryPoint("third", target, group)]

    return entry_points
