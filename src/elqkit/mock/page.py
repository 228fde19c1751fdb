"""The page of the mock: what it received. No scripts, and nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from elqkit.mock.exchange import Response
from elqkit.mock.rules import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elqkit.mock.site import Row, Site

SHOWN_ROWS = 100
SHOWN_CHARS = 60
POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
CONSENT_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Without `form-action`: the answer leads to the app."""
AGREED = "agree"
STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
div { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid GrayText; padding: .25rem .5rem; text-align: left; }
"""


def style() -> Response:
    """The page's style."""
    return Response(200, STYLE.encode(), "text/css; charset=utf-8", HEADERS)


def page(site: Site) -> Response:
    """The forms, the latest rows, the spam and the latest calls."""
    with site.lock:
        rows, spam, calls = list(site.rows.values()), list(site.spam), list(site.calls)
    counts = [
        (form["id"], form["name"], form["htmlName"], sum(row.form_id == form["id"] for row in rows))
        for form in site.forms.values()
    ]
    parts = (
        _table("Forms", ("Id", "Name", "HTML name", "Rows"), counts),
        _table("Latest rows", ("Id", "Form", "Values"), _shown(site, rows)),
        _table("Taken for spam", ("Id", "Form", "Values", "Reason"), _shown(site, spam)),
        _table("Latest calls", ("Method", "Path", "Status"), reversed(calls)),
    )
    text = "Nothing here leaves this machine. It is gone when the mock stops."
    return Response(200, _whole(f"<p>{text}</p>{''.join(parts)}"), headers=HEADERS)


def consent_page() -> Response:
    """The page that asks a person whether an app may act for them."""
    form = (
        "<p>An app asks to act for the user demo of the company Mock.</p>"
        f'<form method="post"><p><button name="answer" value="{AGREED}">Agree</button>'
        ' <button name="answer" value="refuse">Refuse</button></p></form>'
    )
    headers = (("Content-Security-Policy", CONSENT_POLICY), *HEADERS[1:])
    return Response(200, _whole(form), headers=headers)


def _whole(content: str) -> bytes:
    title = "The mock's Eloqua"
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><link rel="stylesheet" href="/mock.css"></head>'
    )
    return f"{head}<body><main><h1>{title}</h1>{content}</main></body></html>".encode()


def _shown(site: Site, rows: list[Row]) -> Iterable[tuple[object, ...]]:
    """The latest rows, with names of fields and the beginning of each value."""
    for row in reversed(rows[-SHOWN_ROWS:]):
        form = site.forms[row.form_id]
        names = {field["id"]: field["htmlName"] for field in fields_of(form["elements"])}
        values = [f"{names[id_]}: {value[:SHOWN_CHARS]}" for id_, value in row.values.items()]
        reason = (row.block_reason,) if row.block_reason else ()
        yield row.id, form["name"], ", ".join(values), *reason


def _table(title: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    if not body:
        return f"<h2>{escape(title)}</h2><p>None yet.</p>"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<h2>{escape(title)}</h2><div tabindex="0">{table}</div>'
