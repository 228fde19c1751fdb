"""The command `safelight doctor`."""

from __future__ import annotations

from datetime import UTC, datetime
import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from safelight.settings import BadSettings, Settings

if TYPE_CHECKING:
    from safelight.doctor.looking.target import Target
    from safelight.doctor.patient import Patient, Server
    from safelight.doctor.report import Results
    from safelight.tool_loading import Tools

EXAMPLES = """\b
Examples:
  safelight doctor                                the server that these settings belong to
  safelight doctor https://safelight.example.org  as people reach it, through the proxy
  safelight doctor --env-file production.env --json
  safelight doctor --bundle bundle.zip            for whoever helps you, without people in it
"""


@click.command(epilog=EXAMPLES)
@click.argument("url", required=False)
@click.option("--env-file", type=click.Path(path_type=Path), help="File of NAME=value settings.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--bundle",
    "bundle_path",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE.zip",
    help="Write a support bundle.",
)
def doctor(url: str | None, env_file: Path | None, as_json: bool, bundle_path: Path | None) -> None:  # noqa: FBT001 - click's way
    """Hold the configuration and the running server against the deployment checklist.

    Ends with exit code 1 if anything falls short, and says what mends it. Run it as the server's
    user, with the server's environment. It asks the server, and Redis if there is one, and nothing
    else; it changes nothing.
    """
    from safelight.doctor.looking.target import BadTarget  # noqa: PLC0415 - --help does without
    from safelight.doctor.report import examine, shortfalls  # noqa: PLC0415

    try:
        settings = Settings.from_environment(env_file=env_file)
        found = _found(settings, url, env_file)
    except BadSettings as error:
        _refuse(error.problems, as_json=as_json)
    except BadTarget as error:
        raise click.UsageError(str(error)) from error
    patient, tools = found
    results = examine(patient)
    _print(results, patient.server.url, as_json=as_json)
    if bundle_path is not None:
        bundle_path.write_bytes(_bundled(patient, results, settings, tools))
        click.echo(f"Wrote {bundle_path}.", err=True)
    sys.exit(1 if shortfalls(results) else 0)


def _found(settings: Settings, url: str | None, env_file: Path | None) -> tuple[Patient, Tools]:
    """All that the checks judge.

    Raises:
        BadSettings: a server could not start with these.
        BadTarget: the address can't be asked.
    """
    from safelight.doctor import patient  # noqa: PLC0415 - --help does without
    from safelight.doctor.looking import configuration, machine, redis  # noqa: PLC0415
    from safelight.doctor.looking.target import Target  # noqa: PLC0415
    from safelight.tool_loading import all_rows, installed_tools, prefixes  # noqa: PLC0415

    tools = installed_tools()
    for tool in tools.loaded:
        settings.read(tool.settings)
    looked = configuration.look(settings, all_rows(tools), prefixes(tools), env_file)
    values = looked.values
    target = Target.of(url) if url else Target.of_settings(values)
    now = datetime.now(UTC)
    first = tools.loaded[0].slug if tools.loaded else ""
    return patient.Patient(
        configuration=looked,
        server=_asked(target, first, now),
        machine=machine.look(),
        redis=redis.look(str(values["redis_url"])) if values["redis_url"] else None,
        now=now,
    ), tools


def _asked(target: Target, tool: str, now: datetime) -> Server:
    """What the server answers; one on this machine may speak TLS though no setting says so."""
    from safelight.doctor.looking.server import look  # noqa: PLC0415 - --help does without

    server = look(target, tool, now)
    if server.problem and target.may_be_adhoc:
        secured = look(target.with_tls(), tool, now)
        return server if secured.problem else secured
    return server


def _print(results: Results, url: str, *, as_json: bool) -> None:
    from safelight.doctor import report  # noqa: PLC0415 - --help does without

    click.echo(report.as_json(results, url) if as_json else report.as_text(results))


def _refuse(problems: tuple[str, ...], *, as_json: bool) -> NoReturn:
    """End with what keeps a server from starting: nothing else can be said then."""
    if as_json:
        click.echo(json.dumps({"ok": False, "problems": list(problems), "checks": []}, indent=2))
    for problem in () if as_json else problems:
        click.echo(f"safelight: {problem}", err=True)
    sys.exit(1)


def _bundled(patient: Patient, results: Results, settings: Settings, tools: Tools) -> bytes:
    from safelight.doctor.bundle import bundle  # noqa: PLC0415 - few want one

    rows = [
        *patient.configuration.readings.values(),
        *(row for tool in tools.loaded for row in settings.read(tool.settings).values()),
    ]
    loaded = ", ".join(tool.slug for tool in tools.loaded)
    return bundle(patient, results, rows, {"loaded": loaded, "failed": ", ".join(tools.failed)})
