"""The reference page of the API, made from its document: `python -m safelight.openapi.reference`.

It tells of the installed tools, with their limits as they are unless settings change them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from safelight.app import create_app
from safelight.openapi.document import Caller, document
from safelight.openapi.page import page_of
from safelight.settings import Settings
from safelight.tool_loading import installed_tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.openapi.page import Call, Field, Page

SERVER = "http://127.0.0.1:8847"
_HEAD = """\
# The API

Made from the code by `python -m safelight.openapi.reference > docs/reference/api.md`. A server has
the same as a page at `/api/docs`, and as an OpenAPI 3.1 document at `/api/openapi.json`. How to
use it: [use the API](../how-to/use-the-api.md).
"""


def reference() -> str:
    """The whole page, as Markdown."""
    tools = installed_tools()
    app = create_app(Settings({}), tools.loaded)
    page = page_of(document(app, tools.loaded, Caller(SERVER, signed_in=False)))
    return "\n".join(_lines(page))


def _lines(page: Page) -> Iterator[str]:
    yield _HEAD
    for part in page.parts:
        yield f"## {part.name}\n\n{part.about}\n"
        for call in part.calls:
            yield from _call(call)
    yield "## Refusals\n\n| status | means |\n| --- | --- |"
    yield from (f"| {each.status} | {each.meaning} |" for each in page.refusals)
    yield "\n| code | means |\n| --- | --- |"
    yield from (f"| `{code}` | {meaning} |" for code, meaning in page.codes)
    yield "\nTools have codes of their own besides these.\n"


def _call(call: Call) -> Iterator[str]:
    yield f"### `{call.method} {call.address}`\n"
    yield f"{call.title}. {call.description}".rstrip() + "\n"
    yield f"```sh\n{call.sample}\n```\n"
    if call.fields:
        yield "| field | holds | means |\n| --- | --- | --- |"
        yield from map(_field, call.fields)
        yield ""
    yield "| answer | as |\n| --- | --- |"
    yield from (
        f"| {each.status}: {each.meaning} | {_kinds(each.kinds)} |" for each in call.replies
    )
    yield ""
    if call.limits:
        yield (
            "Limits: " + "; ".join(f"{name.lower()}: {most}" for name, most in call.limits) + ".\n"
        )


def _field(field: Field) -> str:
    name = f"**`{field.name}`**" if field.is_required else f"`{field.name}`"
    choices = ", ".join(f"`{choice}`" for choice in field.choices)
    return f"| {name} | {field.holds} {choices}".rstrip() + f" | {field.meaning} |"


def _kinds(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"`{kind}`" for kind in kinds) or "nothing"


if __name__ == "__main__":
    sys.stdout.write(reference())
