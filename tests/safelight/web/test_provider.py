"""Signing in at a provider of one's own: a real one, in another process, over TLS."""

from __future__ import annotations

import logging
import re
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from account_builders import SIGN_IN, send, signed_in
from oidc_provider import FAULTS, running_provider
from safelight.accounts import provider as provider_module
from safelight.observe.audit import LOGGER
from safelight.security.egress import ledger
from safelight_builders import PAGE, Clock, app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from oidc_provider import RunningProvider


@pytest.fixture(name="started", scope="module")
def _started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture(name="provider")
def _provider(started: RunningProvider) -> RunningProvider:
    started.control()
    return started


def workbench(provider: RunningProvider, **variables: str) -> tuple[Flask, Clock]:
    """The toy's workbench, whose people sign in at the provider."""
    import time  # noqa: PLC0415 - the provider's clock is the machine's

    clock = Clock(time.time())
    return app({**provider.settings, **variables}, clock=clock), clock


def leave(client: FlaskClient, next_: str = "") -> str:
    """The address that a browser is sent to."""
    reply = client.get("/sign-in/provider", query_string={"next": next_})
    assert reply.status_code == 303, reply.text
    return str(reply.headers["Location"])


def at_provider(provider: RunningProvider, address: str) -> str:
    """The address that the provider sends a browser back to."""
    return str(provider.browser.get(address).headers["Location"])


def back(client: FlaskClient, address: str) -> TestResponse:
    """Come back, as a browser does that the provider sent."""
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    return client.get(address.removeprefix("http://localhost"), headers=headers)


def sign_in(client: FlaskClient, provider: RunningProvider, next_: str = "") -> TestResponse:
    """There and back."""
    return back(client, at_provider(provider, leave(client, next_)))


def test_a_person_signs_in_there_and_comes_to_the_page_they_wanted(
    provider: RunningProvider,
) -> None:
    """With the grants of their groups, under the name that the provider has for them."""
    client = workbench(provider)[0].test_client()
    page = client.get("/toy/?a=b").text
    assert "Sign in with Example Org" in page
    assert 'type="password"' not in page
    reply = sign_in(client, provider, "/toy/?a=b")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/toy/?a=b")
    assert client.get(PAGE).status_code == 200
    assert client.get("/metrics").status_code == 403
    assert "grace" in client.get("/account").text


def test_the_request_has_all_that_it_needs(provider: RunningProvider) -> None:
    """The code flow with PKCE by SHA-256, a state and a nonce, each new."""
    client = workbench(provider)[0].test_client()
    asked = [parse_qs(urlsplit(leave(client)).query) for _ in range(2)]
    assert {name: asked[0][name] for name in ("response_type", "code_challenge_method")} == {
        "response_type": ["code"],
        "code_challenge_method": ["S256"],
    }
    assert asked[0]["redirect_uri"] == ["http://localhost/sign-in/provider/back"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[0][name][0]) >= 43
        assert asked[0][name] != asked[1][name]


def test_nothing_of_it_is_in_the_page_or_the_cookie(provider: RunningProvider) -> None:
    """The verifier and the nonce stay on the server."""
    client = workbench(provider)[0].test_client()
    reply = client.get("/sign-in/provider")
    assert "verifier" not in str(reply.headers)
    assert len(reply.headers["Set-Cookie"].partition(";")[0]) < 60


def test_users_with_a_password_may_be_beside_it(provider: RunningProvider) -> None:
    """For the day on which the provider is out of order."""
    application, _ = workbench(provider, SAFELIGHT_USERS=SIGN_IN["SAFELIGHT_USERS"])
    page = application.test_client().get("/sign-in").text
    assert "Sign in with Example Org" in page
    assert 'type="password"' in page


def test_whoever_looks_after_the_server_sees_and_ends_their_sessions(
    provider: RunningProvider,
) -> None:
    """No list of users has them; as long as they have a session, the page of all people does."""
    application, _ = workbench(provider, SAFELIGHT_USERS=SIGN_IN["SAFELIGHT_USERS"])
    grace, root = application.test_client(), signed_in(application, "root")
    assert "grace" not in root.get("/account/people").text
    sign_in(grace, provider)
    page = root.get("/account/people").text
    assert ("Signed in with Example Org" in page, "grace" in page) == (True, True)
    name = re.findall(r'name="name" value="(oidc:[0-9a-f]{32})"', page)
    send(root, "/account/people/end", name=name[0])
    assert grace.get(PAGE).status_code == 401
    assert "grace" not in root.get("/account/people").text


BELIEVED_LATER = {"access-denied": 403}
"""What the person is told is their own affair; all else is the provider's fault."""


@pytest.mark.parametrize("fault", FAULTS)
def test_nobody_is_signed_in_by_a_reply_with_a_fault(
    provider: RunningProvider, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A page says so, and nothing of what the provider sent is on it or in the log."""
    client = workbench(provider)[0].test_client()
    address = leave(client)
    provider.control(fault=fault)
    with caplog.at_level(logging.INFO, LOGGER):
        reply = back(client, at_provider(provider, address))
    assert reply.status_code == BELIEVED_LATER.get(fault, 502)
    assert "canary" not in reply.text
    assert "Back to the start" in reply.text
    assert client.get(PAGE).status_code == 401
    assert "sign-in.refused" in [record.msg for record in caplog.records]


@pytest.mark.parametrize(
    "change",
    [
        {"state": ["forged"]},
        {"state": []},
        {"state": ["é"]},
        {"code": ["stolen"]},
        {"code": []},
        {"iss": []},
    ],
    ids=str,
)
def test_a_forged_way_back_leads_nowhere(
    provider: RunningProvider, change: dict[str, list[str]]
) -> None:
    """Each part of the address is checked."""
    client = workbench(provider)[0].test_client()
    parts = parse_qs(urlsplit(at_provider(provider, leave(client))).query) | change
    reply = client.get("/sign-in/provider/back", query_string=parts)
    assert reply.status_code in {400, 403, 502}
    assert client.get(PAGE).status_code == 401


def test_the_way_back_serves_once_and_in_the_same_browser(provider: RunningProvider) -> None:
    """An address that was seen over a shoulder is worth nothing."""
    application, _ = workbench(provider)
    client, other = application.test_client(), application.test_client()
    address = at_provider(provider, leave(client))
    leave(other)
    assert back(other, address).status_code == 400
    assert back(client, address).status_code == 303
    assert back(client, address).status_code == 400


def test_the_way_takes_ten_minutes_at_most(provider: RunningProvider) -> None:
    """Then it is begun anew."""
    application, clock = workbench(provider)
    client = application.test_client()
    address = at_provider(provider, leave(client))
    clock.forward(10 * 60 + 1)
    assert back(client, address).status_code == 400


def test_the_session_is_a_new_one(provider: RunningProvider) -> None:
    """An id that was planted before the way there is worth nothing after it."""
    application, _ = workbench(provider)
    client = application.test_client()
    address = at_provider(provider, leave(client))
    planted = client.get_cookie("safelight")
    assert planted is not None
    back(client, address)
    other = application.test_client(use_cookies=False)
    headers = {"Cookie": f"safelight={planted.value}"}
    assert other.get(PAGE, headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("groups", "grants", "page", "metrics"),
    [
        (["desk"], None, 200, 403),
        (["ops", "others"], None, 200, 200),
        ("ops", None, 200, 200),
        (["others"], "*=toy; ops=admin", 200, 403),
    ],
)
def test_groups_become_grants(
    provider: RunningProvider, groups: Any, grants: str | None, page: int, metrics: int
) -> None:
    """By the table of the settings, and the group * is everyone."""
    variables = {"SAFELIGHT_OIDC_GRANTS": grants} if grants else {}
    client = workbench(provider, **variables)[0].test_client()
    provider.control(claims={"groups": groups})
    assert sign_in(client, provider).status_code == 303
    assert (client.get(PAGE).status_code, client.get("/metrics").status_code) == (page, metrics)


@pytest.mark.parametrize("groups", [["others"], [], None, {"desk": True}, 7])
def test_who_is_in_no_group_that_counts_is_not_let_in(
    provider: RunningProvider, groups: Any
) -> None:
    """403, and whom to ask."""
    client = workbench(provider)[0].test_client()
    provider.control(claims={"groups": groups})
    reply = sign_in(client, provider)
    assert (reply.status_code, "Your organisation knows you" in reply.text) == (403, True)
    assert client.get(PAGE).status_code == 401


def test_a_new_key_of_the_provider_is_fetched(provider: RunningProvider) -> None:
    """Providers change theirs from time to time."""
    application, clock = workbench(provider)
    assert sign_in(application.test_client(), provider).status_code == 303
    provider.control(new_key=True)
    clock.forward(provider_module.KEYS_S)
    assert sign_in(application.test_client(), provider).status_code == 303


def test_a_name_is_one_persons_and_tells_nothing(provider: RunningProvider) -> None:
    """The same at each sign-in, another one for another person."""
    names = []
    application, _ = workbench(provider)

    @application.get("/who")
    def who() -> str:
        from safelight.security.identity import current  # noqa: PLC0415

        found = current()
        assert found is not None
        return found.name

    for subject in ("one", "one", "two"):
        provider.control(claims={"sub": subject})
        client = application.test_client()
        sign_in(client, provider)
        names.append(client.get("/who").text)
    assert names[0] == names[1] != names[2]
    assert names[0].startswith("oidc:")
    assert "one" not in names[0]


def test_a_provider_that_is_not_who_it_should_be_is_not_called(
    provider: RunningProvider, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its certificate is of another authority; its metadata name another issuer."""
    folder = tmp_path_factory.mktemp("other")
    with running_provider(folder) as other:
        strange = {**provider.settings, "SAFELIGHT_OIDC_CA": str(other.ca)}
    reply = app(strange).test_client().get("/sign-in/provider")
    assert (reply.status_code, "did not answer" in reply.text) == (502, True)
    named = {**provider.settings, "SAFELIGHT_OIDC_ISSUER": provider.issuer + "/"}
    reply = app(named).test_client().get("/sign-in/provider")
    assert (reply.status_code, "can&#39;t be believed" in reply.text) == (502, True)


def test_a_provider_that_is_away_is_a_page(provider: RunningProvider) -> None:
    """502, with what to do."""
    away = {**provider.settings, "SAFELIGHT_OIDC_ISSUER": "https://localhost:1"}
    reply = app(away).test_client().get("/sign-in/provider")
    assert (reply.status_code, "Try again in a few minutes" in reply.text) == (502, True)


def test_certificates_are_checked(provider: RunningProvider) -> None:
    """Against the authority that was named, and by name."""
    settings = provider_module.ProviderSettings(provider.issuer, "x", ca=str(provider.ca))
    context = provider_module.Provider(settings, Clock())._tls  # noqa: SLF001 - what is tested
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_each_call_is_on_the_page_of_outbound_connections(provider: RunningProvider) -> None:
    """Nothing leaves unseen."""
    port = urlsplit(provider.issuer).port
    before = {(each.port, each.calls) for each in ledger().destinations()}
    sign_in(workbench(provider)[0].test_client(), provider)
    after = {(each.port, each.calls) for each in ledger().destinations()}
    assert port in {found for found, _ in after - before}


def test_the_session_of_another_provider_is_none(provider: RunningProvider) -> None:
    """Where sessions outlive a restart, those of the provider before it do not."""
    application, _ = workbench(provider)
    client = application.test_client()
    sign_in(client, provider)
    with client.session_transaction() as values:
        values["signed-in"] = {**values["signed-in"], "issuer": "https://other.example"}
    assert client.get(PAGE).status_code == 401
