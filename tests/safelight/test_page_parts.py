"""Parts of pages made without a request: in the language of who asked, and as safe as a page."""

from __future__ import annotations

import gettext
import subprocess
import sys
from typing import TYPE_CHECKING

from jinja2 import UndefinedError
import pytest

from safelight.page_parts import page_part
from safelight.sentences import sentence
from safelight.speaking import Language, Speech

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = {
    "sentence": '{{ _("Search") }}',
    "count": '{{ ngettext("%(num)s tag", "%(num)s tags", count) }}',
    "value": "{{ value }}|{{ value | visible }}",
    "said": "{{ value | say }}|{{ value | translated }}",
    "number": "{{ value | number }}",
    "request": "{{ request.path }}",
}


class Capitals(gettext.NullTranslations):
    """A language in capitals."""

    def gettext(self, message: str) -> str:
        """The message in it."""
        return message.replace("Search", "SEARCH").replace("Read", "READ")


LOUD = Speech(Language("xx", "Loud", signs=".,"), Capitals())


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with these templates."""
    folder = tmp_path / "package_with_parts" / "templates"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    for name, source in TEMPLATES.items():
        (folder / name).write_text(source, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder.parent.name


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("sentence", None, "SEARCH"),
        ("value", "<i>", "&lt;i&gt;|&lt;i&gt;"),
        ("value", "a\u202eb", "a\u202eb|a&lt;U+202E&gt;b"),
        ("number", 1234, "1.234"),
        (
            "said",
            sentence("Read {name}", name="<i>"),
            "READ &lt;i&gt;|READ <bdi>&lt;i&gt;</bdi>",
        ),
    ],
)
def test_it_says_what_a_page_would(package: str, template: str, value: object, said: str) -> None:
    """In the language, with what comes from a file escaped."""
    assert page_part(package, template, LOUD, value=value).decode() == said


@pytest.mark.parametrize(("count", "said"), [(1, "1 tag"), (2, "2 tags")])
def test_it_counts(package: str, count: int, said: str) -> None:
    """Of two sentences the one for the count."""
    assert page_part(package, "count", LOUD, count=count).decode() == said


def test_it_knows_no_request(package: str) -> None:
    """Nothing of who asks can stand in it."""
    with pytest.raises(UndefinedError, match="request"):
        page_part(package, "request", LOUD)


def test_it_is_made_without_the_web_framework() -> None:
    """A process that reads hostile files loads as little as it can."""
    program = (
        "import sys; from safelight.page_parts import page_part\n"
        "from safelight.speaking import IN_ENGLISH\n"
        "page_part('mapy.web', 'mapy/parts.html', IN_ENGLISH)\n"
        "print('flask' in sys.modules, 'jinja2' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
