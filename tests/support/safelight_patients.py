"""Patients for the doctor: one that is well, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from safelight import __version__
from safelight.accounts.model import Accounts, Token, User
from safelight.configuration import WORKBENCH
from safelight.doctor.patient import (
    Configuration,
    Machine,
    Patient,
    Process,
    RedisSeen,
    Reply,
    SecretFile,
    Server,
    Tls,
)
from safelight.security.headers import EVERY_REPLY, NOT_KEPT, OVER_TLS
from safelight.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"
URL = "https://safelight.example.org"
FLAGS = "HttpOnly; Path=/; Secure; SameSite=Lax"
EXPOSED = {
    "SAFELIGHT_HOST": "0.0.0.0",  # noqa: S104 - a text
    "SAFELIGHT_HOSTNAMES": "safelight.example.org",
    "SAFELIGHT_SECURITY_CONTACT": "mailto:security@example.org",
}


def configuration(variables: Mapping[str, str] | None = None, **more: Any) -> Configuration:
    """Settings from variables, a key from a file among them unless they name one."""
    given = {"SECRET_KEY": KEY, **(variables or {})}
    origins = {"SECRET_KEY": "/run/secrets/key"}
    settings = Settings({k: v for k, v in given.items() if v}, origins)
    return Configuration(settings.read(WORKBENCH), environment=given, **more)


def accounts(*grants: str, days: float = 90) -> Accounts:
    """A user for each of the grants, and a token that ends in some days."""
    users = {
        f"user{at}": User(f"user{at}", "hash", frozenset({grant}))
        for at, grant in enumerate(grants)
    }
    ends = NOW.timestamp() + days * 86400
    token = Token("7f3a9c1e", "nightly", "0" * 64, frozenset({"mapy"}), 0, ends)
    return Accounts(users, {token.id: token})


def reply(status: int = 200, body: bytes = b"", **headers: str) -> Reply:
    """A reply with every header, those given last; an empty one is left out."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    all_headers = {**dict((*EVERY_REPLY, *OVER_TLS, *NOT_KEPT)), **named}
    return Reply(status, tuple((n, v) for n, v in all_headers.items() if v), body)


def replies(**changed: Reply) -> dict[str, Reply]:
    """What a server answers that is well."""
    return {
        "page": reply(),
        "missing": reply(404),
        "static": reply(),
        "ready": reply(),
        "version": reply(body=f'{{"version": "{__version__}"}}'.encode()),
        "metrics": reply(401),
        "trace": reply(405),
        "foreign-host": reply(400),
        "foreign-form": reply(403),
        "form": reply(Set_Cookie=f"__Host-safelight=x; {FLAGS}"),
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }


def server(url: str = URL, **changed: Any) -> Server:
    """A server that is well, over TLS."""
    tls = Tls(ends=NOW + timedelta(days=60), key="EC 256") if url.startswith("https") else None
    plain = reply(308, Location=f"{URL}/")
    return replace(Server(url, replies=replies(), tls=tls, plain=plain), **changed)


def patient(**changed: Any) -> Patient:
    """One that everybody can reach, and that is well; `changed` are its parts."""
    well = Patient(
        configuration=configuration(
            {
                **EXPOSED,
                "SAFELIGHT_TRUSTED_PROXIES": "10.0.0.0/8",
                "SAFELIGHT_METRICS_PORT": "9847",
            },
            accounts=accounts("mapy", "admin"),
            files=(SecretFile("SECRET_KEY_FILE", 0o400),),
        ),
        server=server(),
        machine=Machine(processes=(Process(1000, 0),)),
        redis=RedisSeen(
            version=(7, 2),
            policy="noeviction",
            is_remote=True,
            has_password=True,
            is_encrypted=True,
        ),
        now=NOW,
    )
    return replace(well, **changed)


def configured(variables: Mapping[str, str], **more: Any) -> Patient:
    """The same with other settings."""
    return patient(configuration=configuration({**EXPOSED, **variables}, **more))


def answering(**changed: Reply) -> Patient:
    """The same with other replies."""
    return patient(server=server(replies=replies(**changed)))


def speaking(**changed: Any) -> Patient:
    """The same with another TLS."""
    tls = Tls(ends=NOW + timedelta(days=60), key="EC 256")
    return patient(server=server(tls=replace(tls, **changed)))


def on(**changed: Any) -> Patient:
    """The same on another machine."""
    return patient(machine=replace(Machine(processes=(Process(1000, 0),)), **changed))


def with_redis(**changed: Any) -> Patient:
    """The same with another Redis."""
    well = patient().redis
    assert well is not None
    return patient(redis=replace(well, **changed))


def at_home() -> Patient:
    """One that only its own machine can reach, with nothing set, and not running."""
    settings = configuration({"SECRET_KEY": ""})
    return Patient(
        configuration=settings,
        server=Server("http://127.0.0.1:8847", replies={}),
        machine=Machine(is_linux=False),
        now=NOW,
    )
