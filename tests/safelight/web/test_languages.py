"""The sentences of pages go through one place, where a catalogue will be."""

from __future__ import annotations

from flask import render_template_string
import pytest

from safelight.web import languages
from safelight_builders import app


def rendered(template: str, **values: object) -> str:
    """What a template says."""
    with app().test_request_context("/"):
        return render_template_string(template, **values)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{{ _("Read") }}', "Read"),
        ('{{ _("Open %(tool)s", tool=value) }}', "Open &lt;b&gt; 5%"),
        ('{{ ngettext("%(num)s tag", "%(num)s tags", 1) }}', "1 tag"),
        ('{{ ngettext("%(num)s tag", "%(num)s tags", 2) }}', "2 tags"),
        ("{% trans %}Read{% endtrans %}", "Read"),
        ("{{ value | translated }}", "&lt;b&gt; 5%"),
    ],
)
def test_templates_say_what_they_say(template: str, text: str) -> None:
    """In English as it is written; values are escaped whatever they are."""
    assert rendered(template, value="<b> 5%") == text


def test_every_sentence_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the one function."""
    monkeypatch.setattr(languages, "translate", str.upper)
    assert rendered('{{ _("Read") }} {{ value | translated }}', value="it") == "READ IT"
