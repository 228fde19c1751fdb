"""A support bundle: what helps to find a fault from afar, and nothing of people or of the place.

Settings that are numbers, switches or choices are told; of all others only whether they are set.
Of the checks, which ones hold: their sentences name hosts. Of the numbers of the running server,
all: no label of theirs holds anything that was sent.
"""

from __future__ import annotations

from importlib.metadata import distributions
from io import BytesIO
import json
import platform
from typing import TYPE_CHECKING
import zipfile

from safelight import __version__
from safelight.configuration import LOG_FORMATS, LOG_LEVELS
from safelight.settings import DEFAULT, ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safelight.api import Json
    from safelight.doctor.patient import Patient
    from safelight.doctor.report import Results
    from safelight.settings import Reading

SET, NOT_SET = "(set)", "(not set)"
WORDS = frozenset({*LOG_LEVELS, *LOG_FORMATS, "auto", "always"})
"""The texts that are told: each is one of a few choices."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every member: when something was made is nobody's business. The earliest that a zip has."""
README = """\
A support bundle of Safelight.

settings.json  numbers, switches and choices; of texts only whether they are set
versions.json  what runs here
checks.json    which checks of `safelight doctor` hold
tools.json     which tools loaded
metrics.txt    the numbers of the running server, if it told them

It holds no name, address, file name, path, key or password. Read it before you pass it on.
"""


def bundle(patient: Patient, results: Results, rows: Iterable[Reading], tools: Json) -> bytes:
    """The bundle as a zip file.

    Args:
        patient: what was found out.
        results: how it was judged.
        rows: every setting, those of the tools too.
        tools: the names of those that loaded and of those that didn't.
    """
    metrics = patient.server.replies.get("metrics")
    told = metrics.body if metrics and metrics.status == 200 else b""  # noqa: PLR2004 - told
    members = {
        "README.txt": README.encode(),
        "settings.json": _json({row.setting.variable: _setting(row) for row in rows}),
        "versions.json": _json(_versions(patient)),
        "checks.json": _json({check.name: finding.state.value for check, finding in results}),
        "tools.json": _json(tools),
        "metrics.txt": told,
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content)
    return made.getvalue()


def _json(value: Json) -> bytes:
    return json.dumps(value, indent=2, sort_keys=True).encode() + b"\n"


def _setting(row: Reading) -> Json:
    """The value as far as it can be told, and by which way it came."""
    value = row.value
    is_plain = isinstance(value, (bool, int)) or value in WORDS
    shown = value if is_plain and not row.setting.secret else SET if value else NOT_SET
    known = row.origin in {DEFAULT, ENVIRONMENT}
    return {"value": shown, "from": row.origin if known else "file or option"}


def _versions(patient: Patient) -> Json:
    packages: dict[str, Json] = {
        each.metadata["Name"].lower(): each.version for each in distributions()
    }
    redis = patient.redis
    return {
        "safelight": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "openssl": ".".join(map(str, patient.machine.openssl)),
        "redis": ".".join(map(str, redis.version)) if redis and not redis.problem else None,
        "packages": packages,
    }
