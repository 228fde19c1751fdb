"""The command `safelight`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
import sys
from typing import TYPE_CHECKING, NoReturn
import webbrowser

import click

from safelight import __version__
from safelight.accounts.commands import tokens, users
from safelight.configuration import WORKBENCH
from safelight.doctor.command import doctor
from safelight.settings import BadSettings, Settings

if TYPE_CHECKING:
    from safelight.serving.certificates import Certificate

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
SERVE_EXAMPLES = """\b
Examples:
  safelight serve                       http://127.0.0.1:8847
  safelight serve -p 9000 --open        another port, and open the browser
  safelight serve -a                    TLS with a certificate of its own
  safelight serve -c chain.pem -k key.pem
  safelight serve --env-file production.env --print-config
"""
WORKER_EXAMPLES = """\b
Examples:
  REDIS_URL=redis://10.0.0.5:6379/0 safelight worker
  safelight worker --env-file production.env --threads 4
"""
COMPLETION = """\b
Completion of commands and options in the shell:
  bash   eval "$(_SAFELIGHT_COMPLETE=bash_source safelight)"
  zsh    eval "$(_SAFELIGHT_COMPLETE=zsh_source safelight)"
  fish   _SAFELIGHT_COMPLETE=fish_source safelight | source
"""


@click.group(context_settings=CONTEXT, epilog=COMPLETION)
@click.version_option(__version__, "-V", "--version", prog_name="safelight")
def main() -> None:
    """A workbench for sensitive files. It runs on this machine and keeps nothing."""


main.add_command(users)
main.add_command(tokens)
main.add_command(doctor)


@main.command(epilog=SERVE_EXAMPLES)
@click.option("-b", "--bind", metavar="HOST", help="Address to listen on; this machine only.")
@click.option("-p", "--port", type=click.IntRange(1, 65535), help="Port to listen on. [8847]")
@click.option("-a", "--adhoc", is_flag=True, help="TLS with a self-signed certificate, in memory.")
@click.option("-c", "--cert", type=click.Path(path_type=Path), help="TLS certificate chain (PEM).")
@click.option("-k", "--key", type=click.Path(path_type=Path), help="Its key (PEM).")
@click.option("-d", "--debug", is_flag=True, help="Flask's development server. Not for real files.")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@click.option("--env-file", type=click.Path(path_type=Path), help="File of NAME=value settings.")
@click.option("--print-config", is_flag=True, help="Show every setting and where it comes from.")
def serve(  # noqa: PLR0917 - click passes one argument an option
    bind: str | None,
    port: int | None,
    adhoc: bool,  # noqa: FBT001
    cert: Path | None,
    key: Path | None,
    debug: bool,  # noqa: FBT001
    open_browser: bool,  # noqa: FBT001
    env_file: Path | None,
    print_config: bool,  # noqa: FBT001
) -> None:
    """Serve the workbench to this machine."""
    given = {
        "SAFELIGHT_HOST": (bind, "-b"),
        "PORT": (None if port is None else str(port), "-p"),
        "SAFELIGHT_CERT": (None if cert is None else str(cert), "-c"),
        "SAFELIGHT_CERT_KEY": (None if key is None else str(key), "-k"),
    }
    options = {name: (value, flag) for name, (value, flag) in given.items() if value is not None}
    try:
        settings = Settings.from_environment(env_file=env_file, options=options)
        if print_config:
            _print_config(settings)
            return
        _serve(settings, adhoc=adhoc, debug=debug, open_browser=open_browser)
    except BadSettings as error:
        _stop(*error.problems)


@main.command(epilog=WORKER_EXAMPLES)
@click.option("-t", "--threads", type=click.IntRange(1, 64), help="Jobs at the same time. [8]")
@click.option("--env-file", type=click.Path(path_type=Path), help="File of NAME=value settings.")
def worker(threads: int | None, env_file: Path | None) -> None:
    """Work on jobs of web processes on any machine that share REDIS_URL and SECRET_KEY.

    Asked to stop (SIGTERM), it lets its jobs come to a safe point, and other workers go on with
    them. So they do, half a minute later at most, if it is killed.
    """
    from safelight.jobs.worker import work  # noqa: PLC0415 - --help answers without it

    options = {} if threads is None else {"SAFELIGHT_JOB_THREADS": (str(threads), "-t")}
    try:
        settings = Settings.from_environment(env_file=env_file, options=options)
        work(settings, lambda jobs: click.echo(f"Safelight worker: {jobs} jobs at a time"))
    except BadSettings as error:
        _stop(*error.problems)
    _leave()


def _serve(settings: Settings, *, adhoc: bool, debug: bool, open_browser: bool) -> None:
    # Only `serve` needs the server and the application: --help answers without them.
    from safelight.serving import heap  # noqa: PLC0415

    heap.have_one()  # first: the server's library looks once, when it is loaded
    from safelight.app import create_app  # noqa: PLC0415
    from safelight.observe.health import of as health_of  # noqa: PLC0415
    from safelight.observe.log_output import write_to_stderr  # noqa: PLC0415
    from safelight.observe.service import WEB, watch_bridge, watch_shared, watched  # noqa: PLC0415
    from safelight.security import core_dumps  # noqa: PLC0415
    from safelight.security.body_limits import BodyLimits  # noqa: PLC0415
    from safelight.security.exposure import transport_shortfalls  # noqa: PLC0415
    from safelight.security.identity import knows  # noqa: PLC0415
    from safelight.security.proxies import trusted_proxies  # noqa: PLC0415
    from safelight.serving.addresses import (  # noqa: PLC0415
        AddressTaken,
        PortAddress,
        address_of,
    )
    from safelight.serving.bridge import Bridge, BridgeLimits  # noqa: PLC0415
    from safelight.serving.server import serve  # noqa: PLC0415
    from safelight.sharing import of as shared_of  # noqa: PLC0415

    values = settings.values(WORKBENCH)
    address = address_of(values)
    certificate = _certificate(str(values["certificate"]), str(values["certificate_key"]), adhoc)
    lacks = transport_shortfalls(values, has_certificate=certificate is not None, is_debug=debug)
    core_dumps.switch_off()
    write_to_stderr(str(values["log_level"]), str(values["log_format"]))
    try:
        app = create_app(settings)
    except BadSettings as error:  # all at once, so that nobody mends them one start at a time
        raise BadSettings((*error.problems, *lacks)) from error
    if lacks:
        raise BadSettings(lacks)
    url = address.url(secure=certificate is not None)

    def ready() -> None:
        click.echo(f"Safelight: {url}{_fingerprint(certificate) if adhoc else ''}")
        if open_browser:
            webbrowser.open(url)

    try:
        if debug and isinstance(address, PortAddress):
            from safelight.serving.development import develop  # noqa: PLC0415

            if not _is_reloaded():
                ready()
            develop(app, address, certificate)
            return
        limits = BridgeLimits(
            threads=int(values["threads"] or 0),
            memory_bytes=int(values["max_memory_mb"] or 0) * 1024 * 1024,
        )
        bridge = Bridge(app, BodyLimits(app), limits, trusted_proxies(values), knows(app))
        health = health_of(app)
        watch_bridge(bridge, health, max_open=limits.max_open, max_bytes=limits.memory_bytes)
        shared_of(app).begin(str(values["processes"]))
        watch_shared(shared_of(app))
        with watched(WEB, health, settings, certificate.ends if certificate else None):
            serve(bridge, address, certificate, ready)
            shared_of(app).stop()
        _leave()
    except AddressTaken as error:
        _stop(str(error))


def _certificate(chain: str, key: str, adhoc: bool) -> Certificate | None:  # noqa: FBT001
    if bool(chain) != bool(key):
        raise click.UsageError("A certificate (-c) and its key (-k) are needed together.")
    if adhoc and chain:
        raise click.UsageError("Choose between -a and -c with -k.")
    if not adhoc and not chain:
        return None
    # Only here: what reads certificates takes nine megabytes.
    from safelight.serving.certificates import (  # noqa: PLC0415
        BadCertificate,
        from_files,
        self_signed,
    )

    if adhoc:
        return self_signed()
    try:
        return from_files(Path(chain), Path(key))
    except BadCertificate as error:
        _stop(str(error))


def _fingerprint(certificate: Certificate | None) -> str:
    return f"  (certificate SHA-256 {certificate.fingerprint})" if certificate else ""


def _print_config(settings: Settings) -> None:
    from safelight.tool_loading import all_rows, installed_tools, prefixes  # noqa: PLC0415

    tools = installed_tools()
    rows = all_rows(tools)
    for sentence in settings.unknown(rows, prefixes(tools)):
        click.echo(f"safelight: {sentence}", err=True)
    readings = settings.read(rows).values()
    width = max(len(reading.setting.variable) for reading in readings)
    for reading in readings:
        click.echo(f"{reading.setting.variable:{width}}  {reading.shown()}  ({reading.origin})")


def _stop(*sentences: str) -> NoReturn:
    """End with what is wrong, and the exit code of a refusal."""
    for sentence in sentences:
        click.echo(f"safelight: {sentence}", err=True)
    sys.exit(1)


def _leave() -> NoReturn:
    """End the process as done, without taking the interpreter apart.

    The server's threads are not Python's. One that lets go of its last Python object after the
    interpreter has gone aborts the process, which a supervisor would take for a crash.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _is_reloaded() -> bool:
    """Whether this is the process that the development server restarts."""
    return os.environ.get("WERKZEUG_RUN_MAIN") == "true"
