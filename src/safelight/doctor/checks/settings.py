"""Checks of the settings: key, secrets, limits, proxies."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from safelight.doctor.model import Check, Finding, not_applicable, ok, short
from safelight.security.host_names import is_loopback, words
from safelight.security.secret_key import ADVICE
from safelight.settings import DEFAULT, ENVIRONMENT

if TYPE_CHECKING:
    from safelight.doctor.patient import Patient

OTHERS_BITS = 0o077
"""Permissions of anyone but the owner."""
LONGEST_IDLE_MINUTES = 60
LONGEST_SESSION_HOURS = 24
DEBUGGING = ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONINSPECT", "PYTHONASYNCIODEBUG")
LOCAL = "Only this machine can reach the server."


def key(patient: Patient) -> Finding:
    """A key of the operator's own. Its strength was checked when the settings were read."""
    configuration = patient.configuration
    if configuration["secret_key"]:
        return ok("It is set, long, and no known default.")
    if configuration.is_exposed or configuration["redis_url"]:
        return short("It is not set.", f"Set SECRET_KEY_FILE, the path of a file with it. {ADVICE}")
    return not_applicable(f"{LOCAL} Each start makes a new one.")


def secrets_in_files(patient: Patient) -> Finding:
    """An environment is inherited by children, and shown by many tools."""
    configuration = patient.configuration
    open_ = [
        reading.setting.variable
        for reading in configuration.readings.values()
        if reading.setting.secret and reading.value and reading.origin == ENVIRONMENT
    ]
    if not open_:
        return ok("No secret is in the environment.")
    if not configuration.is_exposed:
        return not_applicable(LOCAL)
    names = ", ".join(open_)
    return short(
        f"In the environment, where other programs may see them: {names}.",
        "Put each into a file and name it in a variable that ends in _FILE.",
    )


def permissions(patient: Patient) -> Finding:
    """Whoever reads a key can make sessions; whoever writes users can come in."""
    files = patient.configuration.files
    if not files:
        return not_applicable("No file holds a secret.")
    open_ = [file.what for file in files if file.mode & OTHERS_BITS]
    if open_:
        return short(
            f"Others on this machine have rights on the files of {', '.join(open_)}.",
            "Take them away: chmod 600 FILE.",
        )
    return ok("Only their owner can read them.")


def unknown(patient: Patient) -> Finding:
    """A misspelt limit is no limit."""
    found = patient.configuration.unknown
    if found:
        return short(" ".join(found), "Mend the name, or take the variable away.")
    return ok("Every variable is one.")


def debugging(patient: Patient) -> Finding:
    """Python's and Flask's switches show more than they should."""
    environment = patient.configuration.environment
    found = [name for name in DEBUGGING if environment.get(name, "0") not in {"", "0"}]
    if found:
        return short(f"Set: {', '.join(found)}.", "Take them out of the environment.")
    return ok("No switch for developers is set.")


def log_level(patient: Patient) -> Finding:
    """At debug, more lines than anyone reads hide those that matter."""
    if patient.configuration["log_level"] == "debug":
        return short("It is debug.", "Set SAFELIGHT_LOG_LEVEL=info.")
    return ok(f"It is {patient.configuration['log_level']}.")


def rate_limits(patient: Patient) -> Finding:
    """Off is for load tests."""
    if patient.configuration["rate_limits"]:
        return ok("They are on.")
    return short("They are off.", "Take SAFELIGHT_RATE_LIMITS away.")


def sessions(patient: Patient) -> Finding:
    """A browser that is left alone must not stay signed in."""
    idle = int(patient.configuration["session_idle_minutes"] or 0)
    absolute = int(patient.configuration["session_hours"] or 0)
    said = f"They end after {idle} minutes without a request, and after {absolute} hours."
    if idle > LONGEST_IDLE_MINUTES or absolute > LONGEST_SESSION_HOURS:
        return short(
            said,
            f"At most {LONGEST_IDLE_MINUTES} minutes (SAFELIGHT_SESSION_IDLE_MINUTES) and"
            f" {LONGEST_SESSION_HOURS} hours (SAFELIGHT_SESSION_HOURS).",
        )
    return ok(said)


def proxies(patient: Patient) -> Finding:
    """Whoever is believed can say who is asking."""
    named = words(patient.configuration["trusted_proxies"])
    if not named:
        return not_applicable("No proxy is believed.")
    public = [name for name in named if ipaddress.ip_network(name, strict=False).is_global]
    if public:
        return short(
            f"Addresses of the internet are believed: {', '.join(public)}.",
            "Name the proxy's address on the internal network in SAFELIGHT_TRUSTED_PROXIES.",
        )
    return ok(f"Believed: {', '.join(named)}.")


def hostnames(patient: Patient) -> Finding:
    """Another site's name must not lead here."""
    if not patient.configuration.is_exposed:
        return not_applicable(LOCAL)
    named = words(patient.configuration["hostnames"])
    if not named:
        return short(
            "No name of the server is set.",
            "Set SAFELIGHT_HOSTNAMES to the names under which people reach it.",
        )
    return ok(f"It answers under: {', '.join(named)}.")


def contact(patient: Patient) -> Finding:
    """Whoever finds a hole must know whom to tell."""
    if not patient.configuration.is_exposed:
        return not_applicable(LOCAL)
    if patient.configuration.readings["security_contact"].origin == DEFAULT:
        return short("Nobody is named.", "Set SAFELIGHT_SECURITY_CONTACT=mailto:...")
    return ok("Someone is named.")


def metrics(patient: Patient) -> Finding:
    """It asks nobody who they are."""
    configuration = patient.configuration
    if not configuration["metrics_port"]:
        return not_applicable("There is none.")
    host = str(configuration["metrics_host"])
    if is_loopback(host) or not _is_public(host):
        return ok(f"It listens on {host}.")
    return short(
        f"It listens on {host}, for everyone.",
        "Set SAFELIGHT_METRICS_HOST to an address of the internal network.",
    )


def _is_public(host: str) -> bool:
    address = ipaddress.ip_address(host)
    return address.is_global and not address.is_unspecified


CHECKS = (
    Check("key.set", "SECRET_KEY is the operator's own", key),
    Check("secrets.files", "Secrets come from files", secrets_in_files),
    Check("secrets.permissions", "Files of secrets are their owner's alone", permissions),
    Check("settings.unknown", "No variable is misspelt", unknown),
    Check("settings.debug", "No switch for developers is on", debugging),
    Check("settings.log-level", "The log tells what is needed", log_level),
    Check("settings.rate-limits", "Each client's requests are limited", rate_limits),
    Check("settings.sessions", "Sessions end", sessions),
    Check("settings.proxies", "Only own proxies are believed", proxies),
    Check("settings.hostnames", "The server knows its names", hostnames),
    Check("settings.contact", "Someone can be told of a hole", contact),
    Check("settings.metrics", "The listener of the metrics is not public", metrics),
)
