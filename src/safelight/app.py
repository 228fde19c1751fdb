"""The application: `create_app` sets up one measure after the other.

The order is that of the checks on a request: the cheap ones that need nothing come before those
that read its body.
"""

from __future__ import annotations

from functools import partial
import logging
from pathlib import Path
import time
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask
from jinja2 import StrictUndefined

from safelight import __version__, errors
from safelight.configuration import WORKBENCH
from safelight.observe import audit, health, logs
from safelight.openapi import views as openapi
from safelight.security import (
    admission,
    csrf,
    egress,
    fetch_metadata,
    headers,
    hosts,
    identity,
    rate_limits,
)
from safelight.security.doors import accounts_of, make_guard
from safelight.security.host_names import words
from safelight.security.proxies import ForwardedRequests, is_local, trusted_proxies
from safelight.security.rate_headers import tell_rates
from safelight.security.secret_key import new_secret_key
from safelight.security.sessions import ServerSessions
from safelight.security.uploads import MemoryRequest
from safelight.settings import Settings
from safelight.sharing import NO_REDIS, SHARED, Shared, share
from safelight.shell import ToolShell
from safelight.tool_loading import (
    Tools,
    all_rows,
    check_tool,
    installed_tools,
    known_jobs,
    prefixes,
)
from safelight.web import compression, languages, sign_in, standing
from safelight.web.action_routes import PREFIX, add_action_route
from safelight.web.assets import FOLDER, Assets, add_route
from safelight.web.job_routes import job_routes
from safelight.web.json_text import PlainJson
from safelight.web.language_templates import LanguageEnvironment
from safelight.web.pages import FOR_ANYONE, WITHOUT_SESSION, pages
from safelight.web.text import isolated, visible
from safelight.web.viewer import viewer_among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from safelight.api import SettingValue, Tool
    from safelight.security.password_check import Guard

_LOG = logging.getLogger(__name__)
STATIC_ENDPOINT = "static"


class Workbench(Flask):
    """Flask with the defaults that every part relies on."""

    request_class = MemoryRequest
    json_provider_class = PlainJson
    jinja_environment = LanguageEnvironment
    jinja_options = {"undefined": StrictUndefined, "autoescape": True}  # noqa: RUF012 - Flask's way

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The same: no view is a coroutine, and Flask would look at twenty functions a request."""
        return func


def create_app(
    settings: Settings | None = None,
    tools: Iterable[Tool] | None = None,
    clock: Callable[[], float] = time.time,
) -> Flask:
    """The workbench with its tools, ready to serve.

    Args:
        settings: where values come from; the process's environment, unless given.
        tools: the installed ones, unless given.
        clock: seconds since the epoch, for sessions.

    Raises:
        BadSettings: a setting of the workbench or of a tool can't be used.
    """
    settings = Settings.from_environment() if settings is None else settings
    found = installed_tools() if tools is None else Tools(tuple(tools))
    values = settings.values(WORKBENCH)
    app = Workbench("safelight", static_folder=None, template_folder="web/templates")
    assets = Assets()

    egress.ledger()  # before a tool could call anyone
    _configure(app, values)
    _warn_of_unknown(settings, found)
    logs.set_up(app)  # first, so that refusals are counted and numbered too
    compression.set_up(app)  # the last that is done to a reply
    headers.set_up(app)  # every reply, whatever makes it
    errors.set_up(app)  # no failure shows its inside
    # Before all: what a client claims of itself is gone, what a proxy says of it is in its place.
    app.wsgi_app = ForwardedRequests(app.wsgi_app, trusted_proxies(values))  # type: ignore[method-assign]
    # No other site's name may lead here.
    hosts.set_up(app, str(values["host"]), words(values["hostnames"]))
    source = accounts_of(values)  # or no start, if the server would stand open
    shared = _share(app, settings, values, found, clock)  # sessions, and what outlives a request
    guard = make_guard(values, source, app.config["SECRET_KEY"], shared.state, clock)
    _check_requests(app, values, found, shared, guard)
    _set_up_templates(app, assets, found.loaded)
    _add_pages(app, assets, found, values)
    health.of(app).watch("redis", NO_REDIS, shared.state.is_reachable)
    sign_in.set_up(app, guard)
    app.register_blueprint(job_routes(shared), url_prefix=f"{PREFIX}/jobs")
    for tool in found.loaded:
        _mount(app, assets, tool, settings, shared)
    # Tells of all routes above.
    openapi.set_up(app, found.loaded, signed_in=not guard.doors.is_open)
    return app


def _check_requests(
    app: Flask, values: Mapping[str, SettingValue], found: Tools, shared: Shared, guard: Guard
) -> None:
    """Who asks, how often, by whose doing, for what is theirs, with the token of their form."""
    # Limits and logs tell callers apart.
    identity.set_up(app, guard.doors, FOR_ANYONE | _static(found))
    is_limited = bool(values["rate_limits"]) or not is_local(values)
    # Before anything is read for a client.
    rate_limits.set_up(app, shared.counters, enabled=is_limited, exempt=_quiet_endpoints(found))
    tell_rates(app)  # what programs may still ask for
    fetch_metadata.set_up(app)  # by headers alone: no other site may act for the person
    slugs = [tool.slug for tool in found.loaded]
    refuse = partial(sign_in.refuse, guard)
    admission.set_up(app, slugs, refuse, is_open=guard.doors.is_open)  # who may have what
    csrf.set_up(app)  # reads the form, so it comes last


def _configure(app: Flask, values: Mapping[str, SettingValue]) -> None:
    app.config["SECRET_KEY"] = values["secret_key"] or new_secret_key()
    audit.use_key(str(app.config["SECRET_KEY"]))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["TRAP_HTTP_EXCEPTIONS"] = False


def _warn_of_unknown(settings: Settings, found: Tools) -> None:
    for sentence in settings.unknown(all_rows(found), prefixes(found)):
        _LOG.warning("setting-unknown", extra={"detail": sentence})


def _share(
    app: Flask,
    settings: Settings,
    values: Mapping[str, SettingValue],
    found: Tools,
    clock: Callable[[], float],
) -> Shared:
    """Keep what outlives a request where all processes find it: sessions, files, jobs."""
    shared = share(values, app.config["SECRET_KEY"], known_jobs(found, settings), clock)
    app.extensions[SHARED] = shared
    app.session_interface = ServerSessions(
        shared.sessions, clock, _quiet_endpoints(found), errors.tell_not_stored
    )
    return shared


def _quiet_endpoints(found: Tools) -> frozenset[str]:
    """Endpoints that hold nothing of a visitor: no session, no rate limit."""
    return WITHOUT_SESSION | _static(found)


def _static(found: Tools) -> frozenset[str]:
    """Endpoints of static files."""
    return frozenset(
        [STATIC_ENDPOINT, *(f"{STATIC_ENDPOINT}.{tool.slug}" for tool in found.loaded)]
    )


def _set_up_templates(app: Flask, assets: Assets, tools: Iterable[Tool]) -> None:
    known = tuple(tools)

    app.jinja_env.globals.update(
        asset=assets, tools=known, version=__version__, egress=egress.ledger
    )
    app.jinja_env.filters.update(visible=visible, isolated=isolated)
    languages.set_up(app, [tool.catalogues for tool in known if tool.catalogues])
    standing.set_up(app, partial(viewer_among, [tool.slug for tool in known]))


def _add_pages(
    app: Flask, assets: Assets, found: Tools, values: Mapping[str, SettingValue]
) -> None:
    app.extensions[health.EXTENSION] = health.Health(found.failed)
    app.register_blueprint(pages(health.of(app), str(values["security_contact"])))
    assets.add("", Path(app.root_path) / "web" / FOLDER, f"/{FOLDER}/")
    add_route(app, assets, "", f"/{FOLDER}/", STATIC_ENDPOINT)


def _mount(app: Flask, assets: Assets, tool: Tool, settings: Settings, shared: Shared) -> None:
    """Give a tool its static files, its API routes and its pages."""
    check_tool(tool)
    values = settings.values(tool.settings)
    actions = {action.name: action for action in tool.actions(values)}
    jobs = {job.name: job for job in tool.jobs(values)}
    shell = ToolShell(tool.slug, values, actions, jobs, shared)
    blueprint = tool.blueprint(shell)
    _check_blueprint(tool, blueprint)
    prefix = f"/{tool.slug}/{FOLDER}/"
    assets.add(tool.slug, Path(blueprint.root_path) / FOLDER, prefix)
    add_route(app, assets, tool.slug, prefix, f"{STATIC_ENDPOINT}.{tool.slug}")
    for action in shell.actions.values():
        add_action_route(app, tool.slug, shell, action)
    app.register_blueprint(blueprint, url_prefix=f"/{tool.slug}")


def _check_blueprint(tool: Tool, blueprint: Blueprint) -> None:
    if blueprint.name != tool.slug:
        raise ValueError(f"The blueprint of {tool.slug} must have that name.")
    if blueprint.has_static_folder:
        raise ValueError(f"The workbench serves {tool.slug}'s static folder: leave it out.")
