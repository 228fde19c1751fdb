"""Signing in: discovery, tokens that rotate, an instance that moves, and wrong passwords."""

from __future__ import annotations

import pytest

from elqkit.eloqua import Basic, Eloqua
from elqkit.errors import HostNotAllowed, NotSignedIn, Throttled, Unreachable
from elqkit.mock.sign_in import SignIn
from elqkit_eloqua import oauth, pair


def calls(found: object) -> list[str]:
    """The paths that a mock was called at."""
    return [path for _, path, _ in found.site.calls]  # type: ignore[attr-defined]  # a mock


def test_discovers_the_site_and_its_base_once() -> None:
    """The site's number makes the address of its forms."""
    with pair("id-throttled@2") as (_, address, eloqua):
        assert (eloqua.site.id, eloqua.site.base) == ("1234567", address)
        assert eloqua.site.form_url == "https://s1234567.t.eloqua.com/e/f2"


@pytest.mark.parametrize("body", ["text", "empty", "html"])
def test_wrong_credentials_are_named_and_never_tried_again(body: str) -> None:
    """Sign-in answers 200 with a string; a second try could lock the user."""
    wrong = Basic("Mock", "demo", "wrong")
    with pair(f"unauthorized={body}", credentials=wrong) as (mock, _, eloqua):
        for _ in range(3):
            with pytest.raises(NotSignedIn):
                list(eloqua.forms())
        assert calls(mock) == ["/id"]


def test_follows_an_instance_that_has_moved() -> None:
    """A 401 leads to sign-in once more, and to the new base; the call is made again there."""
    with pair("moved@2:1") as (mock, address, eloqua):
        eloqua.form("1")
        assert eloqua.form("1").html_name == "newsletter"
        assert eloqua.site.base == address.replace("127.0.0.1", "localhost")
        assert calls(mock).count("/id") == 2


def test_does_not_follow_an_instance_to_a_host_that_nobody_named() -> None:
    """Whoever forged an answer would get the credentials."""
    with pair("moved@2:1", may_move=False) as (mock, address, eloqua):
        eloqua.form("1")
        with pytest.raises(HostNotAllowed):
            eloqua.form("1")
        assert eloqua.site.base == address
        assert len(mock.site.calls) == 4


def test_a_refused_login_after_a_401_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who is switched off in the middle is asked for, not tried on."""
    with pair() as (mock, _, eloqua):
        eloqua.form("1")
        monkeypatch.setattr(SignIn, "is_signed_in", lambda *_: False)
        with pytest.raises(NotSignedIn):
            eloqua.form("1")
        before = len(mock.site.calls)
        with pytest.raises(NotSignedIn):
            eloqua.form("1")
        assert len(mock.site.calls) == before


def test_signs_in_with_a_refresh_token_and_keeps_the_new_one_first() -> None:
    """The old one ends at its use."""
    kept: list[str] = []
    with pair(credentials=oauth(keep=kept.append)) as (_, _, eloqua):
        assert eloqua.form("1").id == "1"
    assert len(kept) == 1


def test_renews_an_access_token_that_ended_early() -> None:
    """Once: the call goes through, and a second refresh token is kept."""
    kept: list[str] = []
    with pair("expired@2:1", credentials=oauth(keep=kept.append)) as (mock, _, eloqua):
        eloqua.form("1")
        assert eloqua.form("1").id == "1"
        assert calls(mock).count("/auth/oauth2/token") == len(kept) == 2


def test_does_not_use_an_access_token_if_the_refresh_token_was_not_kept() -> None:
    """Losing it means signing in again by hand."""

    def keep(_: str) -> None:
        raise OSError("The disk is full.")

    with pair(credentials=oauth(keep=keep)) as (mock, _, eloqua):
        with pytest.raises(OSError, match="full"):
            eloqua.form("1")
        assert calls(mock) == ["/auth/oauth2/token"]


def test_a_refresh_token_that_ended_is_named() -> None:
    """And not tried again."""
    with pair(credentials=oauth()) as (mock, _, eloqua):
        mock._sign_in._refresh.clear()  # noqa: SLF001 - the mock's own state
        for _ in range(2):
            with pytest.raises(NotSignedIn):
                eloqua.form("1")
        assert calls(mock) == ["/auth/oauth2/token"]


def test_a_busy_sign_in_is_no_wrong_password() -> None:
    """Its pause is kept like any other."""
    with pair("id-throttled") as (_, _, eloqua), pytest.raises(Throttled):
        _ = eloqua.site


def test_no_other_host_is_signed_in_to() -> None:
    """It would get the password."""
    with (
        pair() as (_, _, eloqua),
        Eloqua(Basic("a", "b", "c"), login="https://127.0.0.1:9") as other,
    ):
        with pytest.raises(HostNotAllowed):
            _ = other.site
        assert eloqua.site.name == "Mock"


def test_nobody_there_is_unreachable() -> None:
    """Nothing was sent."""
    with pair() as (_, _, eloqua):
        pass
    with pytest.raises(Unreachable):
        _ = eloqua.site
