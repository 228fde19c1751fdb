"""The page of the API: every call with an example that works, for people and without scripts."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

from mapy_builders import jpeg
from safelight.openapi.document import Caller, document
from safelight.openapi.page import page_of
from safelight.openapi.views import with_code
from safelight_builders import app
from safelight_server import INSTALLED, running
import toy_tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safelight.openapi.page import Page

CALLS = (
    *("mapy.read", "mapy.clean", "mapy.export", "elqkit.check"),
    *("service.document", "service.alive", "service.ready", "service.version", "service.metrics"),
)
"""Those that need neither a far side nor a job that runs."""


def toy_page(*, signed_in: bool = False) -> Page:
    """The page of the workbench with the toy."""
    caller = Caller("http://127.0.0.1:8847", signed_in)
    return page_of(document(app(), (toy_tool.tool,), caller))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server with the tools that are installed."""
    with running(command=INSTALLED) as found:
        yield f"http://127.0.0.1:{found.port}"


@pytest.fixture(scope="module")
def samples(server: str) -> dict[str, str]:
    """The example of each call, as the server's own document has it."""
    got = subprocess.run(
        ["curl", "-s", f"{server}/api/docs"], capture_output=True, text=True, check=True
    )
    found = re.findall(
        r'<h3 id="([a-z.]+)">.*?<pre class="sample"[^>]*><code>([^<]+)</code>',
        got.stdout,
        re.DOTALL,
    )
    return {name: sample.replace("&#34;", '"') for name, sample in found}


@pytest.mark.parametrize("name", CALLS)
def test_the_example_works(name: str, samples: dict[str, str], tmp_path: Path) -> None:
    """As it stands on the page, where the file that it names is at hand."""
    (tmp_path / "photo.jpg").write_bytes(jpeg())
    (tmp_path / "rows.csv").write_bytes(b"e-mail,name\na@example.com,Ana\n")
    sample = shlex.split(samples[name])
    done = subprocess.run(
        [*sample, "-sS", "--fail-with-body"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_action_has_an_example(samples: dict[str, str]) -> None:
    """And so has every other call."""
    assert set(CALLS) <= samples.keys()
    assert all(sample.startswith("curl ") for sample in samples.values())


def test_where_everyone_signs_in_the_example_has_a_token() -> None:
    """From the environment: a token in a command line would stand in its history."""
    (toy, *_) = toy_page(signed_in=True).parts
    assert all('-H "Authorization: Bearer $SAFELIGHT_TOKEN"' in call.sample for call in toy.calls)
    (open_toy, *_) = toy_page().parts
    assert not any("Authorization" in call.sample for call in open_toy.calls)


def test_the_page_needs_no_script_of_its_own() -> None:
    """And loads nothing but our styles."""
    text = app().test_client().get("/api/docs").text
    assert re.findall(r"<script[^>]*src=\"([^\"?]+)", text) == ["/static/files.js"]
    assert "style=" not in text


def test_what_is_set_as_code_is_escaped_first() -> None:
    """A description is text, whoever wrote it."""
    assert str(with_code("a `b <i>` & c")) == "a <code>b &lt;i&gt;</code> &amp; c"


def test_a_field_says_what_it_holds() -> None:
    """In words, with its choices."""
    (toy, *_) = toy_page().parts
    (count,) = (call for call in toy.calls if call.id == "toy.count")
    holds = {field.name: (field.holds, field.choices) for field in count.fields}
    assert holds == {
        "files": ("files, at most 3", ()),
        "exact": ("true or false", ()),
        "unit": ("one of", ("bytes", "kilobytes")),
        "label": ("text, at most 10 characters", ()),
    }
