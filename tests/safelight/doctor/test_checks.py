"""The checklist: each line in its failing and in its passing form, and where it does not apply."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safelight.accounts.model import Accounts
from safelight.doctor.checks import CHECKS
from safelight.doctor.model import State
from safelight.doctor.patient import CLOSED, Process, Reply, SecretFile
from safelight.security.headers import EVERY_REPLY
from safelight_patients import (
    EXPOSED,
    FLAGS,
    KEY,
    NOW,
    accounts,
    answering,
    at_home,
    configuration,
    configured,
    on,
    patient,
    reply,
    server,
    speaking,
    with_redis,
)

if TYPE_CHECKING:
    from safelight.doctor.model import Finding
    from safelight.doctor.patient import Patient

LOOK = {check.name: check.look for check in CHECKS}
NOT_WELL: dict[str, list[Patient]] = {
    "key.set": [
        configured({"SECRET_KEY": ""}),
        patient(configuration=configuration({"SECRET_KEY": "", "REDIS_URL": "redis://localhost"})),
    ],
    "secrets.files": [configured({"REDIS_URL": "redis://:secret@redis"})],
    "secrets.permissions": [configured({}, files=(SecretFile("SECRET_KEY_FILE", 0o640),))],
    "settings.unknown": [configured({}, unknown=("SAFELIGHT_RATE_LIMIT is not a setting.",))],
    "settings.debug": [configured({"FLASK_DEBUG": "1"}), configured({"PYTHONDEVMODE": "1"})],
    "settings.log-level": [configured({"SAFELIGHT_LOG_LEVEL": "debug"})],
    "settings.rate-limits": [configured({"SAFELIGHT_RATE_LIMITS": "off"})],
    "settings.sessions": [
        configured({"SAFELIGHT_SESSION_IDLE_MINUTES": "61"}),
        configured({"SAFELIGHT_SESSION_HOURS": "25"}),
    ],
    "settings.proxies": [configured({"SAFELIGHT_TRUSTED_PROXIES": "10.0.0.1,8.8.8.0/24"})],
    "settings.hostnames": [configured({"SAFELIGHT_HOSTNAMES": ""})],
    "settings.contact": [configured({"SAFELIGHT_SECURITY_CONTACT": ""})],
    "settings.metrics": [
        configured({"SAFELIGHT_METRICS_PORT": "9847", "SAFELIGHT_METRICS_HOST": "8.8.8.8"})
    ],
    "accounts.there": [configured({}), configured({}, accounts_problem="The file is no JSON.")],
    "accounts.admins": [
        configured({}, accounts=accounts("mapy", "elqkit")),
        configured({}, accounts=accounts("admin", "admin")),
    ],
    "accounts.tokens": [
        configured({}, accounts=accounts("admin", days=-1)),
        configured({}, accounts=accounts("admin", days=401)),
    ],
    "server.answers": [patient(server=server(problem="nothing listens there"))],
    "tls.used": [patient(server=server("http://safelight.example.org"))],
    "tls.chain": [speaking(distrust="self-signed certificate")],
    "tls.expiry": [speaking(ends=NOW + timedelta(days=20)), speaking(ends=NOW)],
    "tls.versions": [speaking(old=("TLSv1.1",)), speaking(has_newest=False)],
    "tls.strength": [speaking(is_strong=False, key="RSA 1024")],
    "tls.hsts": [
        answering(page=reply(Strict_Transport_Security="")),
        answering(page=reply(Strict_Transport_Security="max-age=300")),
    ],
    "tls.redirect": [
        patient(server=server(plain=reply(200))),
        patient(server=server(plain=reply(308, Location="https://other.example.org/"))),
        patient(server=server(plain=reply(308, Location="http://safelight.example.org/x"))),
    ],
    "server.clock": [
        patient(server=server(clock_off_s=-31)),
        patient(server=server(clock_off_s=90)),
    ],
    "replies.headers": [
        answering(page=reply(Content_Security_Policy="default-src *")),
        answering(missing=reply(404, X_Content_Type_Options="")),
        answering(foreign_host=reply(400, Referrer_Policy="")),
    ],
    "replies.unnamed": [
        answering(page=reply(Server="nginx/1.22.1")),
        answering(page=reply(X_Powered_By="Flask")),
    ],
    "replies.cache": [answering(page=reply(Cache_Control="max-age=60"))],
    "replies.cookies": [
        answering(form=reply(Set_Cookie=f"safelight=x; {FLAGS}")),
        *(
            answering(
                form=reply(Set_Cookie="__Host-safelight=x; " + "; ".join(FLAGS.split("; ")[:n]))
            )
            for n in range(4)
        ),
        answering(form=reply(Set_Cookie="__Host-safelight=x; Path=/; Secure; SameSite=Lax")),
    ],
    "replies.errors": [
        answering(missing=reply(500)),
        answering(missing=reply(404, b"Traceback (most recent call last)")),
    ],
    "replies.methods": [answering(trace=reply(200))],
    "replies.host": [answering(foreign_host=reply(200))],
    "replies.forms": [answering(foreign_form=reply(200)), answering(foreign_form=reply(502))],
    "replies.strangers": [answering(metrics=reply(200))],
    "server.ready": [
        answering(ready=reply(503, b'{"missing": ["redis"]}')),
        answering(ready=reply(502, b"<html>")),
    ],
    "server.version": [answering(version=reply(200, b'{"version": "0.0.1"}'))],
    "redis.answers": [with_redis(problem="nothing answers there")],
    "redis.version": [with_redis(version=(6, 0))],
    "redis.disk": [with_redis(persistence=("snapshots",))],
    "redis.password": [with_redis(has_password=False)],
    "redis.tls": [with_redis(is_encrypted=False)],
    "redis.eviction": [with_redis(policy="allkeys-lru")],
    "machine.python": [on(python=(3, 10)), patient(now=NOW + timedelta(days=4 * 365))],
    "machine.openssl": [on(openssl=(1, 1))],
    "machine.swap": [on(swaps=1)],
    "machine.core-dumps": [on(processes=(Process(1000, 0), Process(1000, None)))],
    "machine.user": [on(processes=(Process(1000, 0), Process(0, 0)))],
}
ALWAYS = {
    "secrets.files",
    "settings.unknown",
    "settings.debug",
    "settings.log-level",
    "settings.rate-limits",
    "settings.sessions",
    "server.answers",
    "server.clock",
    "machine.python",
    "machine.openssl",
}
"""What holds everywhere; all others have a place where they do not apply."""


def found(name: str, whose: Patient) -> Finding:
    """What one check finds."""
    return LOOK[name](whose)


@pytest.mark.parametrize("name", LOOK)
def test_a_patient_that_is_well_passes(name: str) -> None:
    """One that everybody can reach, with accounts, TLS, a proxy and Redis."""
    assert found(name, patient()).state is State.OK


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        pytest.param(name, each, id=f"{name}-{n}")
        for name, all_ in NOT_WELL.items()
        for n, each in enumerate(all_)
    ],
)
def test_a_shortfall_is_found_and_its_mend_is_said(name: str, whose: Patient) -> None:
    """In a sentence each."""
    finding = found(name, whose)
    assert finding.state is State.SHORT
    assert finding.sentence.endswith(".")
    assert finding.mend


def test_every_check_has_a_patient_that_is_not_well() -> None:
    """One that cannot fail says nothing."""
    assert set(NOT_WELL) == set(LOOK)


@pytest.mark.parametrize("name", [name for name in LOOK if name not in ALWAYS])
def test_at_home_most_do_not_apply(name: str) -> None:
    """With nothing set and only this machine there."""
    assert found(name, at_home()).state is State.NOT_APPLICABLE


@pytest.mark.parametrize("name", LOOK)
def test_one_shortfall_is_one_line(name: str) -> None:
    """What is wrong in one place is not said in ten."""
    wrong = NOT_WELL[name][0]
    short = {other for other in LOOK if found(other, wrong).state is State.SHORT}
    assert name in short
    assert len(short - {"accounts.there"}) <= 2


@pytest.mark.parametrize(
    "whose",
    [
        configured({}, accounts=Accounts()),
        patient(server=server("http://127.0.0.1:8847", tls=None)),
        patient(server=server("unix:/run/safelight.sock", tls=None)),
    ],
)
def test_no_sentence_holds_a_secret(whose: Patient) -> None:
    """Whatever is found."""
    said = " ".join(f"{f.sentence} {f.mend}" for f in (look(whose) for look in LOOK.values()))
    assert KEY not in said


def test_a_certificate_of_nobody_does_for_this_machine() -> None:
    """`safelight serve -a`."""
    home = server("https://127.0.0.1:8847", tls=speaking(distrust="self-signed").server.tls)
    assert found("tls.chain", patient(server=home)).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("added", "state"),
    [
        ("; script-src 'nonce-0123456789abcdefghijkl'", State.OK),
        ("; script-src 'nonce-1'", State.SHORT),
        ("; script-src 'self'", State.SHORT),
        ("; script-src 'nonce-0123456789abcdefghijkl' 'unsafe-inline'", State.SHORT),
    ],
)
def test_a_page_may_add_its_own_scripts_to_the_policy_and_nothing_else(
    added: str, state: State
) -> None:
    """By a number of 128 bits."""
    policy = dict(EVERY_REPLY)["Content-Security-Policy"]
    page = reply(Content_Security_Policy=policy + added)
    assert found("replies.headers", answering(page=page)).state is state


@pytest.mark.parametrize("name", ["foreign_host", "foreign_form", "trace"])
def test_a_proxy_may_close_instead_of_refusing(name: str) -> None:
    """And need not send headers then."""
    whose = answering(**{name: Reply(CLOSED)})
    short = [check.name for check in CHECKS if check.look(whose).state is State.SHORT]
    assert short == []


def test_swap_that_may_not_be_used_is_none() -> None:
    """A limit of the control group does as well as no swap."""
    assert found("machine.swap", on(swaps=1, may_swap=False)).state is State.OK


def test_a_python_that_is_newer_than_this_list_is_fine() -> None:
    """Nobody has to mend the list for it."""
    assert found("machine.python", on(python=(3, 15))).state is State.OK


def test_a_provider_takes_the_place_of_accounts() -> None:
    """OpenID Connect."""
    there = configured({"SAFELIGHT_OIDC_ISSUER": "https://id.example.org"})
    assert found("accounts.there", there).state is State.OK


def test_the_wish_of_a_local_redis_is_modest() -> None:
    """Neither password nor TLS, if it is on this machine."""
    local = with_redis(is_remote=False, has_password=False, is_encrypted=False)
    for name in ("redis.password", "redis.tls"):
        assert found(name, local).state is State.NOT_APPLICABLE


def test_names_and_titles_are_there_once() -> None:
    """A name is what a script asks for."""
    assert (
        len({check.name for check in CHECKS})
        == len({check.title for check in CHECKS})
        == len(CHECKS)
    )
    assert EXPOSED.keys() <= {
        row.setting.variable for row in patient().configuration.readings.values()
    }
