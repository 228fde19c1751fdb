"""The page around a part: the part goes out as it is, and the page is a page like any other."""

from __future__ import annotations

from jinja2 import DictLoader
import pytest

from safelight.web.framing import framed
from safelight_builders import app

TEMPLATES = {
    "page": "<p>{{ name }}</p>{{ part }}<p>ä</p>",
    "none": "<p></p>",
    "twice": "{{ part }}{{ part }}",
}
PART = "<b>–</b>".encode()


def reply(template: str, name: str = "") -> tuple[bytes, int | None, str]:
    """The body, its length and its type."""
    made = app()
    made.jinja_env.loader = DictLoader(TEMPLATES)
    with made.test_request_context("/"):
        response = framed(template, PART, name=name)
        return response.get_data(), response.content_length, response.content_type


def test_the_part_stands_where_the_template_says() -> None:
    """Unchanged, and the rest is escaped as ever."""
    body = "<p>&lt;i&gt;</p><b>–</b><p>ä</p>".encode()
    assert reply("page", "<i>") == (body, len(body), "text/html; charset=utf-8")


@pytest.mark.parametrize("template", ["none", "twice"])
def test_it_has_one_place(template: str) -> None:
    """A template that shows it twice, or not at all, is a fault that a test finds."""
    with pytest.raises(ValueError, match="values to unpack"):
        reply(template)


def test_a_name_brings_no_second_place() -> None:
    """Not even one that was seen in a page: it never stands in one."""
    assert b"<!--" not in reply("page")[0]
