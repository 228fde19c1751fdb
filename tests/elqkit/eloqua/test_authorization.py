"""The code grant: an address to sign in at, and a refresh token for what comes back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

from click.testing import CliRunner
import pytest

from elqkit.cli import main
from elqkit.eloqua import Authorization, Eloqua, Hosts, OAuth
from elqkit.eloqua.authorization import STATE_BYTES, VERIFIER_BYTES
from elqkit.errors import HostNotAllowed, NotSignedIn
from elqkit.mock import APP, Mock, serving
from elqkit.mock.sign_in import REDIRECT_URI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLIENT, SECRET, _ = APP


class _Stay(HTTPRedirectHandler):
    """A browser that shows where it is led to."""

    def redirect_request(self, *_: object) -> None:
        """Go nowhere."""


def agreed(url: str, answer: str = "agree") -> str:
    """The address that a browser is led to when a person agrees."""
    with pytest.raises(HTTPError) as led:
        build_opener(_Stay).open(url, f"answer={answer}".encode())
    address = led.value.headers["Location"]
    led.value.close()
    return str(address)


@pytest.fixture
def address() -> Iterator[str]:
    """A mock's address."""
    with serving(Mock()) as served:
        yield served


def test_a_code_gives_a_refresh_token_that_signs_in(address: str) -> None:
    """The whole way, against the mock."""
    sign_in, hosts = Authorization(CLIENT, REDIRECT_URI, login=address), Hosts([address])
    code = sign_in.code_of(agreed(sign_in.url))
    tokens = sign_in.tokens(code, SECRET, hosts=hosts)
    credentials = OAuth(CLIENT, SECRET, tokens.refresh, redirect_uri=REDIRECT_URI)
    with Eloqua(credentials, login=address, hosts=hosts) as eloqua:
        assert eloqua.site.name == "Mock"
    with pytest.raises(NotSignedIn, match="not-granted"):
        sign_in.tokens(code, SECRET, hosts=hosts)


def test_a_code_is_of_no_use_to_who_did_not_ask_for_it(address: str) -> None:
    """PKCE, RFC 7636: whoever saw the address has no verifier."""
    sign_in, hosts = Authorization(CLIENT, REDIRECT_URI, login=address), Hosts([address])
    code = sign_in.code_of(agreed(sign_in.url))
    thief = Authorization(CLIENT, REDIRECT_URI, login=address)
    with pytest.raises(NotSignedIn, match="not-granted"):
        thief.tokens(code, SECRET, hosts=hosts)


def test_an_eloqua_that_knows_no_pkce_is_signed_in_to_like_any_other() -> None:
    """No source says that it does."""
    with serving(Mock(["no-pkce"])) as address:
        sign_in = Authorization(CLIENT, REDIRECT_URI, login=address)
        code = sign_in.code_of(agreed(sign_in.url))
        assert sign_in.tokens(code, SECRET, hosts=Hosts([address])).access


def test_who_does_not_agree_is_told_so(address: str) -> None:
    """By name, and not as a fault."""
    sign_in = Authorization(CLIENT, REDIRECT_URI, login=address)
    with pytest.raises(NotSignedIn, match="not-agreed"):
        sign_in.code_of(agreed(sign_in.url, "refuse"))


@pytest.mark.parametrize(
    "query",
    ["", "code=abc", "code=abc&state=other", "error=access_denied&state=mine", "state=mine"],
)
def test_what_is_not_the_answer_to_this_sign_in_is_refused(query: str) -> None:
    """A stranger's code would sign us in as somebody else."""
    sign_in = Authorization(CLIENT, REDIRECT_URI, state="mine")
    with pytest.raises(NotSignedIn):
        sign_in.code_of(f"{REDIRECT_URI}?{query}")


def test_each_sign_in_has_a_state_of_its_own() -> None:
    """With 256 random bits, and never shown."""
    first, second = (Authorization(CLIENT, REDIRECT_URI) for _ in range(2))
    assert (first.state != second.state, len(first.state)) == (True, 43)
    assert first.state not in repr(first)


def test_the_secret_goes_to_eloqua_alone() -> None:
    """Whatever the address to sign in at is said to be."""
    with pytest.raises(HostNotAllowed):
        Authorization(CLIENT, REDIRECT_URI, login="https://example.com").tokens("c", SECRET)


def test_the_command_writes_the_token_for_its_owner(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a new file, and shows it nowhere."""
    for name, value in (
        ("CLIENT_ID", CLIENT),
        ("CLIENT_SECRET", SECRET),
        ("REDIRECT_URI", REDIRECT_URI),
        ("LOGIN", address),
        ("HOSTS", address),
    ):
        monkeypatch.setenv(f"ELQKIT_{name}", value)
    random = secrets.token_urlsafe

    def known(size: int) -> str:
        return {STATE_BYTES: "state", VERIFIER_BYTES: "v" * 43}.get(size) or random(size)

    monkeypatch.setattr("elqkit.eloqua.authorization.secrets.token_urlsafe", known)
    led = agreed(Authorization(CLIENT, REDIRECT_URI, login=address).url)
    file = tmp_path / "token"
    result = CliRunner().invoke(main, ["authorize", str(file)], input=f"{led}\n")
    assert (result.exit_code, file.stat().st_mode & 0o777) == (0, 0o600)
    assert file.read_text(encoding="ascii").strip() not in result.output
    assert CliRunner().invoke(main, ["authorize", str(file)]).exit_code == 2
    monkeypatch.delenv("ELQKIT_CLIENT_ID")
    assert CliRunner().invoke(main, ["authorize", str(tmp_path / "x")]).exit_code == 2
