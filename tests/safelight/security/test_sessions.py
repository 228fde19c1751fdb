"""Sessions as a browser meets them: cookies, changing ids, parallel requests, log-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import session
import pytest

from safelight.security.sessions import ARRIVED
from safelight_builders import PAGE, Clock, app, cookie, file, token

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

TLS = "https://localhost"


def counting(clock: Clock | None = None) -> tuple[Flask, Clock]:
    """An application with routes that write to, read from and end the session."""
    clock = clock or Clock()
    application = app(clock=clock)

    @application.get("/put/<name>")
    def put(name: str) -> str:
        session[name] = name
        return "done"

    @application.get("/append/<name>")
    def append(name: str) -> str:
        session.setdefault("list", []).append(name)
        return "done"

    @application.get("/drop/<name>")
    def drop(name: str) -> str:
        session.pop(name, None)
        return "done"

    @application.get("/names")
    def names() -> str:
        return " ".join(sorted(session))

    @application.get("/end")
    def end() -> str:
        session.clear()
        return "ended"

    @application.get("/come-in")
    def sign_in() -> str:
        session.clear()
        session["user"] = "someone"
        return "in"

    return application, clock


def get(
    application: Flask, path: str, id_: str = "", arrived: float | None = None
) -> tuple[str, str]:
    """Send an id as a browser of its own would; the body and the id that came back."""
    client = application.test_client(use_cookies=False)
    environ = {} if arrived is None else {ARRIVED: arrived}
    headers = {"Cookie": f"safelight={id_}"} if id_ else {}
    reply = client.get(path, headers=headers, environ_base=environ)
    return reply.text, cookie(reply)


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/safelight.css", "/nothing", "/version"])
def test_no_cookie_before_it_is_needed(path: str) -> None:
    """Someone who only looks is not given an identity."""
    assert "Set-Cookie" not in app().test_client().get(path).headers


def test_the_cookie_over_tls_is_bound_to_this_host() -> None:
    """`__Host-`: Secure, no Domain, for the whole site."""
    reply = app().test_client().get(PAGE, base_url=TLS)
    name, _, rest = reply.headers["Set-Cookie"].partition("=")
    flags = {flag.strip() for flag in rest.split(";")[1:]}
    assert (name, flags) == ("__Host-safelight", {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"})


def test_the_cookie_without_tls_is_one_that_browsers_keep() -> None:
    """On plain loopback Secure would lose it; the rest stays."""
    line = app().test_client().get(PAGE).headers["Set-Cookie"]
    flags = {flag.strip() for flag in line.split(";")[1:]}
    assert (line[:10], flags) == ("safelight=", {"HttpOnly", "Path=/", "SameSite=Lax"})


def test_a_cookie_of_plain_http_opens_nothing_over_tls() -> None:
    """Someone on the wire could have planted it."""
    application, _ = counting()
    _, id_ = get(application, "/put/a")
    client = application.test_client(use_cookies=False)
    reply = client.get("/names", headers={"Cookie": f"safelight={id_}"}, base_url=TLS)
    assert reply.text == ""


def test_the_id_holds_256_random_bits_and_nothing_else() -> None:
    """43 characters of base64, all different."""
    application, _ = counting()
    ids = {get(application, "/put/a")[1] for _ in range(20)}
    assert len(ids) == 20
    assert {len(id_) for id_ in ids} == {43}


def test_the_id_changes_after_each_request() -> None:
    """An id that leaked is soon of no use; the values stay."""
    application, _ = counting()
    _, id_ = get(application, "/put/a")
    seen = {id_}
    for _ in range(5):
        body, id_ = get(application, "/names", id_)
        assert body == "a"
        seen.add(id_)
    assert len(seen) == 6


def test_the_previous_id_works_for_a_few_seconds_only() -> None:
    """Ten, for requests that were already on their way."""
    application, clock = counting()
    _, first = get(application, "/put/a")
    get(application, "/names", first)
    clock.forward(10)
    assert get(application, "/names", first)[0] == "a"
    clock.forward(1)
    assert get(application, "/names", first) == ("", "")


def test_requests_side_by_side_get_one_successor_and_lose_no_data() -> None:
    """Whichever reply the browser reads last, its cookie works and all values are there."""
    application, clock = counting()
    _, first = get(application, "/put/a")
    successors = {get(application, f"/put/{name}", first)[1] for name in "bcdefgh"}
    assert len(successors) == 1
    clock.forward(60)
    assert get(application, "/names", successors.pop())[0] == "a b c d e f g h"


def test_a_slow_request_hands_out_the_newest_id() -> None:
    """Its reply comes last; an id that is long retired would log the browser out."""
    application, clock = counting()
    _, id_ = get(application, "/put/a")
    slow, arrived = id_, clock()
    for _ in range(30):
        clock.forward(2)
        _, id_ = get(application, "/names", id_)
    body, newest = get(application, "/put/b", slow, arrived)
    assert (body, newest) == ("done", id_)
    clock.forward(60)
    assert get(application, "/names", newest)[0] == "a b"


def test_a_slow_upload_keeps_its_session_and_its_token() -> None:
    """A minute of upload while another tab goes on: the form is still taken."""
    clock = Clock()
    application = app(clock=clock)
    client = application.test_client()
    value = token(client)
    held = client.get_cookie("safelight")
    assert held is not None
    arrived = clock()
    for _ in range(6):
        clock.forward(10)
        client.get(PAGE)
    slow = application.test_client(use_cookies=False)
    reply = slow.post(
        PAGE,
        data={"csrf_token": value, "files": file()},
        headers={"Cookie": f"safelight={held.value}"},
        environ_base={ARRIVED: arrived},
    )
    assert reply.status_code == 200


def test_a_change_inside_a_value_is_stored() -> None:
    """A list that grew is a change, though the name was there before."""
    application, _ = counting()
    _, id_ = get(application, "/append/a")
    _, id_ = get(application, "/append/b", id_)
    client = application.test_client()
    client.set_cookie("safelight", id_)
    with client.session_transaction() as values:
        assert values["list"] == ["a", "b"]


def test_a_dropped_value_is_gone() -> None:
    """From the store too."""
    application, _ = counting()
    _, id_ = get(application, "/put/a")
    _, id_ = get(application, "/put/b", id_)
    _, id_ = get(application, "/drop/a", id_)
    assert get(application, "/names", id_)[0] == "b"


def test_ending_a_session_ends_all_its_ids() -> None:
    """On the server, at once, without a grace; the cookie is taken back."""
    application, _ = counting()
    _, first = get(application, "/put/a")
    _, second = get(application, "/names", first)
    client: FlaskClient = application.test_client(use_cookies=False)
    reply = client.get("/end", headers={"Cookie": f"safelight={second}"})
    assert "Max-Age=0" in reply.headers["Set-Cookie"]
    for id_ in (first, second):
        assert get(application, "/names", id_) == ("", "")


def test_ending_wins_over_requests_under_way() -> None:
    """A slow request that writes after the end brings nothing back."""
    application, clock = counting()
    _, id_ = get(application, "/put/a")
    interface = application.session_interface
    with application.test_request_context("/", headers={"Cookie": f"safelight={id_}"}) as slow:
        values = interface.open_session(application, slow.request)
        assert values is not None
        assert "a" in values
        get(application, "/end", id_)
        values["late"] = True
        reply = application.make_response("")
        interface.save_session(application, values, reply)
    assert "Set-Cookie" not in reply.headers
    assert get(application, "/names", id_, clock()) == ("", "")


def test_signing_in_gives_a_new_session() -> None:
    """What an attacker planted before does not become the user's (session fixation)."""
    application, _ = counting()
    _, before = get(application, "/put/a")
    _, after = get(application, "/come-in", before)
    assert get(application, "/names", after)[0] == "user"
    assert get(application, "/names", before) == ("", "")


@pytest.mark.parametrize("id_", ["A" * 43, "x", "a" * 5000, "é" * 43, "%00", "../../etc/passwd"])
def test_an_id_from_elsewhere_is_never_adopted(id_: str) -> None:
    """The server makes ids; a client's own opens nothing and gets a fresh one."""
    application, _ = counting()
    client = application.test_client(use_cookies=False)
    cookie_header = {"Cookie": f"safelight={id_}".encode().decode("latin-1")}
    assert client.get("/names", headers=cookie_header).text == ""
    assert cookie(client.get("/put/a", headers=cookie_header)) not in {"", id_}


@pytest.mark.parametrize(
    ("variables", "life_s"),
    [
        ({}, 30 * 60),
        ({"SAFELIGHT_SESSION_IDLE_MINUTES": "2"}, 2 * 60),
        ({"SAFELIGHT_SESSION_IDLE_MINUTES": "1440", "SAFELIGHT_SESSION_HOURS": "1"}, 60 * 60),
    ],
)
def test_the_settings_set_the_lives(variables: dict[str, str], life_s: int) -> None:
    """Both lives come from their settings."""
    clock = Clock()
    client = app(variables, clock=clock).test_client()
    value = token(client)
    clock.forward(life_s + 1)
    assert client.post(PAGE, data={"csrf_token": value, "files": file()}).status_code == 400


@pytest.mark.parametrize("path", ["/static/safelight.css", "/healthz", "/toy/static/toy.css"])
def test_static_files_leave_the_session_alone(path: str) -> None:
    """A page's style sheet must not use up the page's id."""
    client = app().test_client()
    client.get(PAGE)
    assert "Set-Cookie" not in client.get(path).headers
