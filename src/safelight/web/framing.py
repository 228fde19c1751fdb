"""The page around a part that is made already, as bytes: they are sent as they are."""

from __future__ import annotations

import secrets

from flask import Response, render_template
from markupsafe import Markup

_PLACE = Markup("<!--{}-->").format(secrets.token_hex(16))
"""Where the part belongs. Nobody can guess it, so no value brings a second one."""


def framed(template: str, part: bytes, **values: object) -> Response:
    """The page of a template, with the part where it says `{{ part }}`.

    Raises:
        ValueError: the template says so more than once, or nowhere.
    """
    before, after = render_template(template, part=_PLACE, **values).split(_PLACE)
    return Response(b"".join((before.encode(), part, after.encode())), mimetype="text/html")
