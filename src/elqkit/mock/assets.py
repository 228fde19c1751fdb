"""`/API/REST/2.0/assets/...`: the forms, in the depth asked for, page by page; option lists."""

from __future__ import annotations

from fnmatch import fnmatchcase
import re
from typing import TYPE_CHECKING

from elqkit.mock.exchange import Response, as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elqkit.mock.exchange import Request
    from elqkit.mock.seeds import Asset
    from elqkit.mock.site import Site

NOT_FOUND = Response(404)
MAX_COUNT = 1_000
MINIMAL = ("type", "id", "name", "currentStatus", "updatedAt", "htmlName")
SEARCH = re.compile(r"(?:name\s*=\s*)?'?(?P<pattern>[^']*)'?", re.IGNORECASE)


def form(site: Site, request: Request, form_id: str) -> Response:
    """One form, complete if no depth is asked for."""
    if not form_id.isdecimal():
        return parameter_error("id", form_id)
    found = site.forms.get(form_id)
    return NOT_FOUND if found is None else as_json(_deep(found, request, "complete"))


def option_list(site: Site, request: Request, list_id: str) -> Response:
    """One option list, complete whatever depth is asked for."""
    del request
    if "no-option-lists" in site.faults:
        return Response(site.faults.number("no-option-lists", 403))
    if not list_id.isdecimal():
        return parameter_error("id", list_id)
    found = site.option_lists.get(list_id)
    return NOT_FOUND if found is None else as_json(found)


def forms(site: Site, request: Request) -> Response:
    """The forms that a search finds, minimal if no depth is asked for."""
    found = SEARCH.fullmatch(request.asked("search").strip())
    if found is None:
        return parameter_error("search", request.asked("search"))
    pattern = re.sub(r"[\[\]?]", "", found["pattern"]).lower() or "*"
    named = [each for each in site.forms.values() if fnmatchcase(each["name"].lower(), pattern)]
    return slice_of(request, [_deep(each, request, "minimal") for each in named])


def slice_of(request: Request, elements: Sequence[Asset]) -> Response:
    """One page of a list, numbered from 1."""
    size, page = request.asked("count", str(MAX_COUNT)), request.asked("page", "1")
    if not (size.isdecimal() and 0 < int(size[:9]) <= MAX_COUNT):
        return parameter_error("count", size)
    if not (page.isdecimal() and int(page[:9]) > 0):
        return parameter_error("page", page)
    start = (int(page[:9]) - 1) * int(size)
    body = {
        "type": "QueryResult",
        "elements": elements[start : start + int(size)],
        "page": int(page[:9]),
        "pageSize": int(size),
        "total": len(elements),
    }
    return as_json(body)


def parameter_error(name: str, value: str) -> Response:
    """A parameter that is not understood: one object."""
    kind = "IdRequirement" if name == "id" else "IntegerRequirement"
    error = {
        "type": "EndpointParameterError",
        "parameter": name,
        "requirement": {"type": kind},
        "value": value,
    }
    return as_json(error, 400)


def _deep(asset: Asset, request: Request, default: str) -> Asset:
    depth = request.asked("depth", default).lower()
    shown = {key: value for key, value in asset.items() if key != "honeypot"}
    return {key: shown[key] for key in MINIMAL} if depth == "minimal" else shown
