"""The workbench's own settings: one row each."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from safelight.accounts.settings import ACCOUNTS
from safelight.apart import AUTOMATIC
from safelight.api import Setting
from safelight.security.host_names import check_names, is_loopback
from safelight.security.proxies import check_networks
from safelight.security.secret_key import check_secret_key
from safelight.state.addresses import check_redis_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.api import SettingValue

PREFIX = "SAFELIGHT_"
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("console", "json")


def _between(low: int, high: int) -> Callable[[SettingValue], str | None]:
    def check(value: SettingValue) -> str | None:
        inside = isinstance(value, int) and low <= value <= high
        return None if inside else f"Choose a number from {low} to {high}."

    return check


def _processes(value: SettingValue) -> str | None:
    fits = value == AUTOMATIC or re.fullmatch("[0-9]|[1-5][0-9]|6[0-4]", str(value))
    return None if fits else f"Choose {AUTOMATIC}, or a number from 0 to 64."


def _one_of(*choices: str) -> Callable[[SettingValue], str | None]:
    def check(value: SettingValue) -> str | None:
        return None if value in choices else f"Choose one of: {', '.join(choices)}."

    return check


def _contact(value: SettingValue) -> str | None:
    starts = ("https://", "mailto:", "tel:")
    one_line = str(value).isprintable()
    return (
        None
        if str(value).startswith(starts) and one_line
        else ("Write an address that starts with https://, mailto: or tel:.")
    )


def _address(value: SettingValue) -> str | None:
    try:
        ipaddress.ip_address(str(value))
    except ValueError:
        return "Write an IP address: 127.0.0.1, or 0.0.0.0 for all of this machine's."
    return None


def _host(value: SettingValue) -> str | None:
    return None if is_loopback(str(value)) else _address(value)


WORKBENCH: tuple[Setting, ...] = (
    Setting(
        "secret_key",
        "SECRET_KEY",
        "",
        "Signs the form tokens. At least 32 random characters. Made anew at each start if not set.",
        check=check_secret_key,
        secret=True,
    ),
    Setting("host", "SAFELIGHT_HOST", "127.0.0.1", "The address to listen on.", check=_host),
    Setting("port", "PORT", 8847, "The port to listen on.", int, _between(1, 65535)),
    Setting(
        "socket",
        "SAFELIGHT_SOCKET",
        "",
        "Path of a Unix socket to listen on instead, for a proxy on this machine.",
    ),
    Setting(
        "trusted_proxies",
        "SAFELIGHT_TRUSTED_PROXIES",
        "",
        "Addresses and networks of the proxies in front, with commas between. Only these are"
        " believed when they tell a client's address, scheme and path.",
        check=check_networks,
    ),
    Setting(
        "hostnames",
        "SAFELIGHT_HOSTNAMES",
        "",
        "The names under which people reach the server, with commas between.",
        check=check_names,
    ),
    Setting("certificate", "SAFELIGHT_CERT", "", "Path of the TLS certificate chain (PEM)."),
    Setting("certificate_key", "SAFELIGHT_CERT_KEY", "", "Path of the certificate's key (PEM)."),
    Setting(
        "log_level",
        "SAFELIGHT_LOG_LEVEL",
        "info",
        "How much to log: debug, info, warning or error.",
        check=_one_of(*LOG_LEVELS),
    ),
    Setting(
        "log_format",
        "SAFELIGHT_LOG_FORMAT",
        "console",
        "How to write the log: console, for people, or json, one object a line.",
        check=_one_of(*LOG_FORMATS),
    ),
    Setting(
        "metrics_port",
        "SAFELIGHT_METRICS_PORT",
        0,
        "Port of a listener for /metrics, /healthz and /readyz alone; 0: none.",
        int,
        _between(0, 65535),
    ),
    Setting(
        "metrics_host",
        "SAFELIGHT_METRICS_HOST",
        "127.0.0.1",
        "Its address. It asks nobody who they are: any other than this machine's only on a network"
        " that the monitoring alone reaches.",
        check=_address,
    ),
    Setting(
        "rate_limits",
        "SAFELIGHT_RATE_LIMITS",
        default=True,
        help="Limit the requests of each client. Off for load tests.",
        kind=bool,
    ),
    Setting(
        "threads",
        "SAFELIGHT_THREADS",
        8,
        "Requests that are worked on at the same time.",
        int,
        _between(1, 256),
    ),
    Setting(
        "processes",
        "SAFELIGHT_PROCESSES",
        AUTOMATIC,
        "Processes beside the server that read files, each on a processor of its own. auto: as many"
        " as there are processors, at most 4. 0: the server reads them itself.",
        check=_processes,
    ),
    Setting(
        "max_memory_mb",
        "SAFELIGHT_MAX_MEMORY_MB",
        1024,
        "The most megabytes of uploads and answers in memory at a time, of all requests together.",
        int,
        _between(64, 1024 * 1024),
    ),
    Setting(
        "redis_url",
        "REDIS_URL",
        "",
        "Redis, to be shared by any number of processes: redis://, rediss:// or unix://. Without it"
        " one process keeps all in memory.",
        check=check_redis_url,
        secret=True,
    ),
    Setting(
        "max_kept_mb",
        "SAFELIGHT_MAX_KEPT_MB",
        512,
        "The most megabytes kept in memory between requests, of all visitors and jobs together."
        " With REDIS_URL, Redis has a limit of its own.",
        int,
        _between(16, 1024 * 1024),
    ),
    Setting(
        "job_threads",
        "SAFELIGHT_JOB_THREADS",
        8,
        "Jobs that one process works on at the same time.",
        int,
        _between(1, 64),
    ),
    Setting(
        "session_idle_minutes",
        "SAFELIGHT_SESSION_IDLE_MINUTES",
        30,
        "A session ends after this time without a request.",
        int,
        _between(1, 24 * 60),
    ),
    Setting(
        "session_hours",
        "SAFELIGHT_SESSION_HOURS",
        12,
        "A session ends after this time, however busy.",
        int,
        _between(1, 7 * 24),
    ),
    Setting(
        "security_contact",
        "SAFELIGHT_SECURITY_CONTACT",
        # Until someone is named: whoever runs this machine, the only one who can reach the server.
        "mailto:root@localhost",
        "Who to tell about a security problem of this installation (https://, mailto: or tel:).",
        check=_contact,
    ),
    *ACCOUNTS,
)
