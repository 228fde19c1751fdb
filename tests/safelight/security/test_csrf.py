"""A request that may change something must carry the token of its session."""

from __future__ import annotations

from itsdangerous import TimestampSigner
import pytest

from safelight_builders import API, PAGE, Clock, app, file, token

TLS = "https://localhost"


def test_a_form_with_its_token_is_taken() -> None:
    """The ordinary way."""
    client = app().test_client()
    data = {"csrf_token": token(client), "files": file()}
    assert client.post(PAGE, data=data).status_code == 200


def test_a_script_may_send_the_token_as_a_header() -> None:
    """The API with a session, as a page's script calls it."""
    client = app().test_client()
    headers = {"X-CSRFToken": token(client), "Origin": "http://localhost"}
    assert client.post(API, data={"files": file()}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "value", ["", "x", "é€", "\x00", "a.b.c", "IjEi.aaaa.bbbb", "x" * 5000, "í³©", "\u202e"]
)
def test_a_missing_or_garbled_token_is_400(value: str) -> None:
    """Never a fault of ours, whatever it is made of."""
    client = app().test_client()
    token(client)
    reply = client.post(PAGE, data={"csrf_token": value, "files": file()})
    assert (reply.status_code, "out of date" in reply.text) == (400, True)


def test_no_token_at_all_is_400() -> None:
    """With a session and without one."""
    client = app().test_client()
    assert client.post(PAGE, data={"files": file()}).status_code == 400
    token(client)
    assert client.post(PAGE, data={"files": file()}).status_code == 400


def test_a_token_of_another_session_is_400() -> None:
    """A token is bound to the session that it was made for."""
    application = app()
    stolen = token(application.test_client())
    client = application.test_client()
    token(client)
    assert client.post(PAGE, data={"csrf_token": stolen, "files": file()}).status_code == 400


def test_a_token_lives_as_long_as_its_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form left open for hours in a busy browser still works."""
    clock = Clock()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(clock()))
    client = app(clock=clock).test_client()
    value = token(client)
    for _ in range(10):
        clock.forward(29 * 60)
        client.get(PAGE)
    assert client.post(PAGE, data={"csrf_token": value, "files": file()}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_unsafe_method_goes_without(method: str) -> None:
    """A route for each of them asks for the token before its view runs."""
    application = app()
    application.add_url_rule("/change", "change", lambda: "changed", methods=[method])
    assert application.test_client().open("/change", method=method).status_code == 400


@pytest.mark.parametrize(
    "header",
    [
        {"Cookie": "a=b"},
        {"Origin": "http://localhost"},
        {"Referer": "http://localhost/toy/"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Mode": "cors"},
    ],
)
def test_the_api_asks_browsers_for_the_token(header: dict[str, str]) -> None:
    """One sign of a browser is enough."""
    client = app().test_client(use_cookies=False)
    reply = client.post(API, data={"files": file()}, headers=header)
    assert (reply.status_code, reply.content_type) == (400, "application/problem+json")


@pytest.mark.parametrize("base_url", ["http://localhost", TLS])
def test_the_api_serves_programs_on_this_machine(base_url: str) -> None:
    """`curl -F files=@a.bin .../api/v1/toy/count` just works."""
    reply = app().test_client().post(API, data={"files": file()}, base_url=base_url)
    assert reply.status_code == 200


def test_over_tls_the_form_must_come_from_here() -> None:
    """The Referer is demanded, and our Referrer-Policy lets the browser send it."""
    client = app().test_client()
    page = client.get(PAGE, base_url=TLS)
    value = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for referer, status in ((f"{TLS}/toy/", 200), ("https://evil.example/", 400), ("", 400)):
        headers = {"Referer": referer} if referer else {}
        data = {"csrf_token": value, "files": file()}
        reply = client.post(PAGE, data=data, base_url=TLS, headers=headers)
        assert reply.status_code == status
    assert page.headers["Referrer-Policy"] == "same-origin"
