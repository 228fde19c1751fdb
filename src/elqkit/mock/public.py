"""`s{siteId}.t.eloqua.com`: the public form endpoint and the tokens of its spam protection."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from elqkit.mock.exchange import CRLF, Response, as_page, as_text
from elqkit.mock.rules import breaches, fields_of
from elqkit.mock.site import SITE_ID

if TYPE_CHECKING:
    from elqkit.mock.exchange import Request
    from elqkit.mock.seeds import Asset
    from elqkit.mock.site import Site

THANKS, FAILURE = "https://www.example.com/thanks", "https://www.example.com/failed"
MIN_SUBMIT_S = 3.0
JOIN = "::"
"""Between the values of one field, as contact fields store them."""


def form_token(site: Site, request: Request) -> Response:
    """`/e/formsubmittoken`: a token as plain text."""
    if request.asked("elqSiteID") != SITE_ID:
        return as_text("", 404)
    return as_text(site.new_form_token())


def submit(site: Site, request: Request) -> Response:
    """`/e/f2`: query and body together are the row."""
    pairs = [*request.query, *request.form]
    named = {name.lower(): value for name, value in pairs}
    if "allow-list" in site.faults and not request.headers.get("referer"):
        return as_page("Error", "This form does not take submissions from this page.")
    form = site.form_named(named.get("elqformname", ""))
    if form is None or named.get("elqsiteid") != SITE_ID:
        status = site.faults.number("unknown-form", 200)
        return as_page("Error", "The form could not be found.", status)
    values = _values(form, pairs)
    if reason := _spam(site, form, named):
        site.block(form, values, reason)
        if site.faults.value("spam", "silent") == "page":
            return as_page("Error", "The submission was blocked.")
        return _accepted(site, form)
    if found := breaches(form, values):
        messages = "</p><p>".join(escape(breach.message) for breach in found)
        return _invalid(site, form, messages)
    if form["isHidden"] != "true":  # an internal form drops what comes from outside
        site.store(form, values)
    return _accepted(site, form)


def _values(form: Asset, pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The row by ids of fields; a name that comes more than once is joined."""
    ids = {field["htmlName"]: field["id"] for field in fields_of(form["elements"])}
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in ids:
            id_ = ids[name]
            values[id_] = f"{values[id_]}{JOIN}{value}" if id_ in values else value
    return values


def _spam(site: Site, form: Asset, named: dict[str, str]) -> str:
    """Why a row is taken for spam, if it is."""
    if form["isFormSpamProtectionEnabled"] != "true":
        return ""
    token = named.get("elqformsubmissiontoken", "")
    with site.lock:
        made_at = site.form_tokens.get(token)
        if "token-once" in site.faults:
            site.form_tokens.pop(token, None)
    if made_at is None:
        return "TokenMissing"
    age_s = site.clock() - made_at
    if age_s < MIN_SUBMIT_S:
        return "SubmittedTooFast"
    if age_s > site.faults.seconds("token-life", 3600):
        return "TokenExpired"
    return "Honeypot" if named.get(form["honeypot"].lower()) else ""


def _accepted(site: Site, form: Asset) -> Response:
    """A line end, or a redirect where the form has such a step."""
    if any(step["type"] == "FormStepRedirectToWebPage" for step in form["processingSteps"]):
        return _redirect(site, THANKS)
    return Response(200, CRLF)


def _invalid(site: Site, form: Asset, messages: str) -> Response:
    match site.faults.value("invalid", "page"):
        case "redirect":
            return _redirect(site, FAILURE)
        case "silent":
            return _accepted(site, form)
        case _:
            return as_page("Form validation", messages)


def _redirect(site: Site, location: str) -> Response:
    status = site.faults.number("redirect", 302)
    return Response(status, headers=(("Location", location),))
