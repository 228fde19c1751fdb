"""The document: every route of the API, made from the routes that are there."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING

from safelight import __version__
from safelight.openapi import actions, routes
from safelight.openapi.codes import CODES
from safelight.openapi.responses import components
from safelight.openapi.samples import sample
from safelight.openapi.schemas import OWN, embedded
from safelight.security.body_limits import received_action
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flask import Flask
    from werkzeug.routing import Rule

    from safelight.api import Action, Json, Tool
    from safelight.openapi.schemas import Schema

OPENAPI = "3.1.1"
API = "/api/"
ACTION_ENDPOINTS = "api."
"""How the endpoints of actions begin; the tool and the action follow."""
_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
ABOUT = (
    sentence(
        "Files go in as a form and are kept nowhere. Answers are JSON, or a file. A refusal is a"
        " problem document (RFC 9457): decide by its `code`."
    ),
    sentence(
        "What the server is asked from its own machine needs no token unless it has accounts."
        " Elsewhere send a token, or, in a browser, the session's cookie with its form token."
    ),
    sentence(
        "The address holds the version. Within it, answers may gain members, and nothing else"
        " changes."
    ),
)
"""Paragraphs about all of it."""
_SECURITY: dict[str, Schema] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of `safelight tokens create`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "safelight",
        "description": "The cookie of a page; `__Host-safelight` over TLS.",
    },
    "form_token": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "The form token of the same session.",
    },
}
_BY_TOKEN: Json = {"token": []}
_BY_SESSION: Json = {"session": [], "form_token": []}


PAGE = "/api/docs"
"""The document as a page, which is no route of the API."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a reader of the document calls from."""

    server: str
    """The address of the server, without a slash at its end."""
    signed_in: bool
    """Whether everyone has to sign in."""


def document(app: Flask, tools: Iterable[Tool], caller: Caller) -> Schema:
    """The whole document, for all routes of an application and the tools mounted in it."""
    loaded = tuple(tools)
    tags = [*((tool.title, tool.summary) for tool in loaded), *routes.TAGS.items()]
    titles = {tool.slug: tool.title for tool in loaded}
    found = list(_actions(app))
    without: list[Json] = [] if caller.signed_in else [{}]
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Safelight",
            "version": __version__,
            "summary": "A workbench for sensitive files.",
            "description": "\n\n".join(ABOUT),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": caller.server}],
        "tags": [_tag(*each) for each in tags],
        "security": [*without, _BY_TOKEN, _BY_SESSION],
        "paths": _paths(app, titles, caller),
        "components": {
            "schemas": {**OWN, **dict(_schemas(found))},
            "securitySchemes": dict(_SECURITY),
            **components(),
        },
        "x-codes": dict(CODES),
    }


def _tag(name: str, description: str) -> Schema:
    return {"name": name, "description": description}


def _actions(app: Flask) -> Iterator[tuple[str, Action]]:
    """Every action with the slug of its tool."""
    for rule in app.url_map.iter_rules():
        action = _action_of(app, rule)
        if action is not None:
            yield rule.endpoint.split(".")[1], action


def _action_of(app: Flask, rule: Rule) -> Action | None:
    is_action = rule.endpoint.startswith(ACTION_ENDPOINTS)
    return received_action(app, rule.endpoint) if is_action else None


def _schemas(found: Iterable[tuple[str, Action]]) -> Iterator[tuple[str, Schema]]:
    for slug, action in found:
        if action.schema is not None:
            name = actions.component_name(slug, action)
            yield name, embedded(name, action.schema())


def _paths(app: Flask, titles: Mapping[str, str], caller: Caller) -> Schema:
    paths: dict[str, Schema] = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            described = _described(app, rule, method, caller)
            if described is not None:
                address, found = described
                slug = rule.endpoint.split(".")[1]
                found.setdefault("tags", [titles.get(slug, slug)])
                found["x-codeSamples"] = [sample(method, address, found, caller)]
                paths.setdefault(address, {})[method.lower()] = found
    return {address: paths[address] for address in sorted(paths, key=_place)}


def _described(app: Flask, rule: Rule, method: str, caller: Caller) -> tuple[str, Schema] | None:
    """The address and the operation of a route, if it belongs to the API."""
    action = _action_of(app, rule)
    if action is not None:
        slug = rule.endpoint.split(".")[1]
        return rule.rule, actions.operation(slug, action, signed_in=caller.signed_in)
    route = _route_of(rule, method)
    if route is None:
        return None
    names = iter(route.parameters)
    address = _VARIABLE.sub(lambda _: f"{{{next(names)}}}", rule.rule)
    return address, routes.operation(route, signed_in=caller.signed_in)


def _route_of(rule: Rule, method: str) -> routes.Route | None:
    return routes.ROUTES.get((method, _VARIABLE.sub("{}", rule.rule)))


def _place(address: str) -> tuple[bool, str]:
    """The API first, then what tells about the installation."""
    return not address.startswith(f"{API}v"), address


def undescribed(app: Flask) -> list[str]:
    """The routes below `/api/` of which the document says nothing."""
    return sorted(
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(API)
        and rule.rule != PAGE
        and _action_of(app, rule) is None
        and _route_of(rule, method) is None
    )
