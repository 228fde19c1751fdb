"""Parts of pages that need no request: what a tool says of a file, where the file is read."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from jinja2 import Environment

    from safelight.sentences import Speech as AnySpeech
    from safelight.speaking import Speech

_MOST_ENVIRONMENTS = 16
"""Kept: one for each tool and language."""


def page_part(package: str, template: str, speech: AnySpeech, /, **values: object) -> bytes:
    """A part of a page, made from a template of a package.

    It can be made in a process beside the server, with `Shell.apart`. The template has its values,
    `_`, `ngettext`, and the filters of all templates; nothing of a request, a session or a user.

    Args:
        package: whose folder `templates` holds it: `mapy.web`.
        template: its name there.
        speech: from `Shell.speech`.
        values: what it fills in.

    Returns:
        HTML, as it is sent.
    """
    made = _environment(package, cast("Speech", speech)).get_template(template)
    return b"".join(map(str.encode, made.generate(values)))  # quicker than all of it as one text


@lru_cache(_MOST_ENVIRONMENTS)
def _environment(package: str, speech: Speech) -> Environment:
    from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined  # noqa: PLC0415

    from safelight.web.folding import FoldingEnvironment  # noqa: PLC0415 - likewise
    from safelight.web.page_speech import said, shown  # noqa: PLC0415
    from safelight.web.text import isolated, visible  # noqa: PLC0415

    folders = ((package, "templates"), ("safelight", "web/templates"))
    environment = FoldingEnvironment(
        loader=ChoiceLoader([PackageLoader(*folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.catalogue = speech.catalogue
    environment.install_gettext_callables(speech, speech, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(visible=visible, isolated=isolated, number=speech.number)
    environment.filters.update(
        say=partial(said, speech=speech), translated=partial(shown, speech=speech)
    )
    return environment
