"""The language of pages. English is what the sources are written in, and the only one so far.

Templates say `{{ _("Read the pictures") }}`, and Python what `Shell.translate` is given: both come
here, so a catalogue has one place to go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from flask import Flask
    from jinja2.ext import InternationalizationExtension


def set_up(app: Flask) -> None:
    """Give templates `_`, `ngettext` and `{% trans %}`, and a filter for what a tool declares.

    What `_` returns is taken for HTML, as it stands in a template; what comes from elsewhere goes
    through `translated`, which leaves the escaping on.
    """
    environment = app.jinja_env
    environment.filters["translated"] = translate
    environment.add_extension("jinja2.ext.i18n")
    extended = cast("InternationalizationExtension", environment)
    extended.install_gettext_callables(  # type: ignore[attr-defined]  # added to the environment
        translate, _translate_count, newstyle=True
    )


def translate(sentence: str) -> str:
    """The sentence in the language of the current request."""
    return sentence


def _translate_count(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
