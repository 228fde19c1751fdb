"""Signing in at Eloqua's own page: there, back, and as long as a run needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest

from elqkit.mock import APP, Mock, serving
from elqkit_visitor import HOME, Visitor, heading, words, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

BACK = f"{HOME}sign-in/back/"
REDIRECT_URI = f"http://localhost{BACK}"
TOKEN = "/auth/oauth2/token"


class _Stay(HTTPRedirectHandler):
    """A browser that shows where it is led to."""

    def redirect_request(self, *_: object) -> None:
        """Go nowhere."""


class Eloqua(NamedTuple):
    """An Eloqua whose app is the workbench, and where it answers."""

    mock: Mock
    address: str

    def visitor(self, **variables: str) -> Visitor:
        """A person with a file, before a workbench that is registered there."""
        found = Visitor(workbench(**self.app(), **variables))
        found.give()
        return found

    def app(self) -> dict[str, str]:
        """The administrator's settings."""
        client_id, secret, _ = APP
        return {
            "ELQKIT_LOGIN": self.address,
            "ELQKIT_HOSTS": self.address,
            "ELQKIT_FORM_URL": f"{self.address}/e/f2",
            "ELQKIT_CLIENT_ID": client_id,
            "ELQKIT_CLIENT_SECRET": secret,
            "ELQKIT_REDIRECT_URI": REDIRECT_URI,
        }

    def calls(self, path: str) -> int:
        """How often a path was called."""
        return sum(each[1] == path for each in self.mock.site.calls)

    def tokens(self) -> list[str]:
        """All that signs anybody in."""
        sign_in = self.mock._sign_in  # noqa: SLF001 - the mock's own state
        return [*sign_in._access, *sign_in._refresh]  # noqa: SLF001 - the same


def answered(address: str, answer: str = "agree") -> str:
    """Where Eloqua leads a browser to, path and query."""
    with pytest.raises(HTTPError) as led:
        build_opener(_Stay).open(address, f"answer={answer}".encode())
    parts = urlsplit(str(led.value.headers["Location"]))
    led.value.close()
    return f"{parts.path}?{parts.query}"


def signed_in(visitor: Visitor) -> TestResponse:
    """Go there, agree, and come back."""
    return visitor.client.get(answered(visitor.get("sign-in/").location))


@pytest.fixture
def eloqua() -> Iterator[Eloqua]:
    """An Eloqua without faults."""
    mock = Mock(redirect_uri=REDIRECT_URI)
    with serving(mock) as address:
        yield Eloqua(mock, address)


def test_a_person_signs_in_there_and_sends(eloqua: Eloqua) -> None:
    """From the link to the stored rows, and the server never sees a password."""
    visitor = eloqua.visitor()
    page = visitor.get("connect/")
    assert f'href="{visitor.base}sign-in/"' in page.text
    assert "own page at 127.0.0.1" in words(page)
    back = signed_in(visitor)
    assert (back.status_code, back.location) == (303, f"{visitor.base}form/")
    assert "Signed in as demo at Mock" in words(visitor.get("form/"))
    visitor.post("form/", form="1")
    visitor.rehearse()
    visitor.send(2)
    assert heading(visitor.wait()) == "Every row was accepted"
    assert len(eloqua.mock.site.rows) == 2


def test_one_access_token_serves_all_pages_and_the_run(eloqua: Eloqua) -> None:
    """A refresh for each page would end the sign-in at the first that goes wrong."""
    visitor = eloqua.visitor()
    signed_in(visitor)
    visitor.post("form/", form="1")
    visitor.rehearse()
    visitor.send(2)
    visitor.wait()
    assert eloqua.calls(TOKEN) == 1  # for the code


def test_what_is_asked_for_is_a_code_that_nobody_else_can_use(eloqua: Eloqua) -> None:
    """State, and PKCE by S256; nothing that signs in is in the address."""
    visitor = eloqua.visitor()
    address = visitor.get("sign-in/").location
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert (len(asked["state"]), len(asked["code_challenge"])) == (43, 43)
    assert asked["redirect_uri"] == REDIRECT_URI
    assert APP[1] not in address


def test_tokens_are_in_no_page_and_no_session_of_the_browser(eloqua: Eloqua) -> None:
    """The browser has a cookie that names the session, and nothing else."""
    visitor = eloqua.visitor()
    back = signed_in(visitor)
    seen = back.text + str(back.headers) + back.location
    seen += "".join(visitor.get(step).text for step in ("connect/", "form/"))
    tokens = eloqua.tokens()
    assert tokens
    assert not [token for token in tokens if token in seen]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("code=abc&state=another", "not the answer to the sign-in that was begun"),
        ("code=abc", "not the answer to the sign-in that was begun"),
        ("", "not the answer to the sign-in that was begun"),
    ],
)
def test_the_answer_to_another_sign_in_is_not_believed(
    eloqua: Eloqua, query: str, told: str
) -> None:
    """It would make the person work in a stranger's Eloqua."""
    visitor = eloqua.visitor()
    visitor.get("sign-in/")
    answer = visitor.client.get(f"{BACK}?{query}", follow_redirects=True)
    assert (answer.request.path, told in words(answer)) == (f"{visitor.base}connect/", True)
    assert visitor.get("form/").status_code == 303  # still nobody is signed in


def test_a_state_is_good_once(eloqua: Eloqua) -> None:
    """Who comes back a second time begins again."""
    visitor = eloqua.visitor()
    address = answered(visitor.get("sign-in/").location)
    assert visitor.client.get(address).status_code == 303
    again = visitor.client.get(address)
    assert (again.status_code, "not begun in this browser" in words(again)) == (400, True)


def test_a_state_is_of_the_session_that_asked_for_it(eloqua: Eloqua) -> None:
    """Another browser cannot use it."""
    visitor = eloqua.visitor()
    address = answered(visitor.get("sign-in/").location)
    stranger = Visitor(visitor.client.application)
    stranger.give()
    assert stranger.client.get(address).status_code == 400
    stranger.get("sign-in/")
    answer = stranger.client.get(address, follow_redirects=True)
    assert "not the answer to the sign-in" in words(answer)


def test_a_trip_that_took_too_long_begins_again(
    eloqua: Eloqua, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who left in the morning."""
    visitor = eloqua.visitor()
    address = answered(visitor.get("sign-in/").location)
    monkeypatch.setattr("elqkit.web.autosubmit.sign_ins.TRIP_S", -1)
    assert visitor.client.get(address).status_code == 400


def test_who_does_not_agree_is_back_where_they_were(eloqua: Eloqua) -> None:
    """With a sentence, and the other ways."""
    visitor = eloqua.visitor()
    address = answered(visitor.get("sign-in/").location, "refuse")
    answer = visitor.client.get(address, follow_redirects=True)
    assert (answer.status_code, heading(answer)) == (422, "Where should the rows go?")
    assert "you did not agree" in words(answer)


def test_a_code_that_came_too_late_is_named() -> None:
    """It lives for a minute."""
    mock = Mock(["code-life=0"], redirect_uri=REDIRECT_URI)
    with serving(mock) as address:
        visitor = Eloqua(mock, address).visitor()
        answer = visitor.client.get(
            answered(visitor.get("sign-in/").location), follow_redirects=True
        )
    assert "Eloqua does not take this sign-in." in words(answer)


def test_an_access_token_that_ends_is_renewed_by_page_and_run_alike(eloqua: Eloqua) -> None:
    """Each finds the refresh token that the other one has got: it is rotated twice and more."""
    visitor = eloqua.visitor()
    signed_in(visitor)
    sign_in = eloqua.mock._sign_in  # noqa: SLF001 - the mock's own state
    known = set(eloqua.tokens())
    for step in range(3):
        sign_in.expire()
        if step == 1:
            visitor.post("form/", form="1")
            visitor.rehearse()
            sign_in.expire()
            visitor.send(2)
            assert heading(visitor.wait()) == "Every row was accepted"
        else:
            assert visitor.get("form/").status_code == 200
    fresh = [token for token in sign_in._refresh if token not in known]  # noqa: SLF001
    assert len(fresh) == 1


def test_a_sign_in_that_was_revoked_is_named_on_the_page(eloqua: Eloqua) -> None:
    """And where to sign in again; the file and its steps are still there."""
    visitor = eloqua.visitor()
    signed_in(visitor)
    visitor.post("form/", form="1")
    visitor.rehearse()
    eloqua.mock._sign_in.revoke()  # noqa: SLF001 - the mock's own state
    answer = visitor.send(2)
    assert (answer.status_code, "The sign-in at Eloqua has ended." in words(answer)) == (422, True)
    signed_in(visitor)
    visitor.post("form/", form="1")
    visitor.rehearse()
    visitor.send(2)
    assert heading(visitor.wait()) == "Every row was accepted"


def test_a_run_whose_sign_in_is_revoked_stops_and_says_so() -> None:
    """What went is known; after another sign-in, only what is left goes."""
    mock = Mock(["slow=0.02"], redirect_uri=REDIRECT_URI)
    people = "E-mail\n" + "".join(f"p{number}@example.com\n" for number in range(30))
    with serving(mock) as address:
        eloqua = Eloqua(mock, address)
        visitor = eloqua.visitor()
        visitor.give(people)
        signed_in(visitor)
        visitor.post("form/", form="1")
        visitor.rehearse()
        visitor.send(30, rate="20", parallel="1")
        while not mock.site.rows:
            pass
        mock._sign_in.revoke()  # noqa: SLF001 - the mock's own state
        page = visitor.wait()
        assert "The sign-in at Eloqua has ended." in words(page)
        sent = len(mock.site.rows)
        assert 0 < sent < 30
        assert visitor.counts()["unknown"] == 0
        signed_in(visitor)
        visitor.post("form/", form="1")
        visitor.rehearse()
        visitor.send(30 - sent)
        visitor.wait()
        assert (visitor.counts()["accepted"], len(mock.site.rows)) == (30, 30)


def test_a_lost_answer_to_a_renewal_asks_to_sign_in_again(
    eloqua: Eloqua, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refresh token that came with it is in nobody's hands."""
    visitor = eloqua.visitor()
    signed_in(visitor)
    sign_in = eloqua.mock._sign_in  # noqa: SLF001 - the mock's own state
    sign_in.expire()
    true = type(sign_in).token

    def lost(self: object, request: object) -> object:
        from elqkit.mock.exchange import Dropped  # noqa: PLC0415 - of this test alone

        true(self, request)  # type: ignore[arg-type]
        raise Dropped

    monkeypatch.setattr(type(sign_in), "token", lost)
    assert "The answer that renews the sign-in at Eloqua was lost" in words(visitor.get("form/"))
    monkeypatch.undo()
    assert "The sign-in at Eloqua has ended." in words(visitor.get("form/"))


def test_a_sign_in_holds_for_the_next_file(eloqua: Eloqua) -> None:
    """In the same session."""
    visitor = eloqua.visitor()
    signed_in(visitor)
    visitor.give()
    assert "Go on as demo at Mock" in words(visitor.get("connect/"))
    again = visitor.post("connect/", kind="signed-in", again="1")
    assert again.location == f"{visitor.base}form/"


def test_without_an_app_there_is_no_such_sign_in() -> None:
    """Neither a link nor an address."""
    visitor = Visitor()
    visitor.give()
    assert "sign-in/" not in visitor.get("connect/").text
    assert (visitor.get("sign-in/").status_code, visitor.client.get(BACK).status_code) == (404, 404)


def test_at_another_address_the_page_says_where_it_works(eloqua: Eloqua) -> None:
    """Eloqua leads people to the address that the app is registered with, and to no other."""
    app = {**eloqua.app(), "ELQKIT_REDIRECT_URI": f"https://work.example.com{BACK}"}
    visitor = Visitor(workbench(**app))
    visitor.give()
    page = visitor.get("connect/")
    assert "open this page at https://work.example.com" in words(page)
    assert f"{visitor.base}sign-in/" not in page.text


def test_the_app_alone_is_no_account_of_the_server(eloqua: Eloqua) -> None:
    """It signs nobody in."""
    visitor = eloqua.visitor()
    assert "Use the account of this server" not in visitor.get("connect/").text
    assert visitor.post("connect/", kind="server").status_code == 422
