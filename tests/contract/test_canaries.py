"""What a person gives to the workbench is in no log, number or crash output, whichever tool has it.

A canary is put wherever something of a person can be: names of files, tags of a picture, cells of a
table, headers, addresses, form fields, names, passwords and tokens. Some of the requests fail.
"""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from account_builders import CHEAP
from mapy_builders import ascii_entry, exif, ifd, jpeg, segment, tiff
from safelight.accounts.document import text_of
from safelight.accounts.model import Accounts, User
from safelight.accounts.tokens import new_token
from safelight_server import INSTALLED, running

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "canary4711"
NAME, PASSWORD = f"{CANARY}@example.org", f"{CANARY} is a long password"
DESCRIPTION, ARTIST = 0x010E, 0x013B
COMMENT = 0xFE
PICTURE = jpeg(
    exif(tiff(ifd(ascii_entry(DESCRIPTION, CANARY), ascii_entry(ARTIST, CANARY)))),
    segment(COMMENT, CANARY.encode()),
)
CSV = f'E-mail,{CANARY}\n{NAME},{CANARY}\n{CANARY},"unclosed\n'.encode()
KEY = f"{CANARY}-kP3zV9qL7xT1wB5nM8rC2yH6"
PATIENCE_S = 30


def accounts() -> tuple[str, str]:
    """A token, and the accounts that have it and a user."""
    token, kept = new_token("canary", ["admin", "mapy", "elqkit"], time.time(), 1)
    user = User(NAME, CHEAP.hash(PASSWORD), frozenset({"mapy", "elqkit", "admin"}))
    return token, text_of(Accounts({NAME: user}, {kept.id: kept}))


def form_token(page: str) -> str:
    """The form token of a page."""
    match = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return match[1] if match else ""


def as_a_person(client: httpx2.Client) -> list[int]:
    """Sign in, at first with a wrong password; read a picture; check a table; get lost."""
    statuses = []
    for password in (f"wrong {CANARY}", PASSWORD):
        data = {"csrf_token": form_token(client.get("/sign-in").text)}
        data |= {"name": NAME, "password": password}
        statuses.append(client.post(f"/sign-in?next=/{CANARY}", data=data).status_code)
    files = [("images", (f"{CANARY}.jpg", content)) for content in (PICTURE, CANARY.encode())]
    token = {"csrf_token": form_token(client.get("/mapy/").text)}
    statuses.append(client.post("/mapy/", data=token, files=files).status_code)
    token = {"csrf_token": form_token(client.get("/elqkit/autosubmit/").text)}
    csv = {"csv": (f"{CANARY}.csv", CSV)}
    statuses.append(client.post("/elqkit/autosubmit/", data=token, files=csv).status_code)
    headers = {"User-Agent": CANARY, "Referer": f"/{CANARY}", "X-Forwarded-For": CANARY}
    statuses.append(client.get(f"/{CANARY}?q={CANARY}", headers=headers).status_code)
    return statuses


def as_a_program(client: httpx2.Client, token: str) -> list[int]:
    """The same by the API, with tokens that are none among them."""
    bearer = {"Authorization": f"Bearer {token}"}
    picture = [("images", (f"{CANARY}.jpg", PICTURE)), ("images", (f"{CANARY}.png", b"\x89PNG"))]
    csv = {"csv": (f"{CANARY}.csv", CSV)}
    asked: list[tuple[str, dict[str, str], Any, dict[str, str]]] = [
        ("/api/v1/mapy/read", {}, picture, bearer),
        ("/api/v1/mapy/clean", {"keep": CANARY}, picture, bearer),
        ("/api/v1/mapy/read", {CANARY: CANARY}, picture, bearer),
        ("/api/v1/elqkit/check", {}, csv, bearer),
        ("/api/v1/elqkit/rehearse", {"form": CANARY, "to": CANARY, "map": CANARY}, csv, bearer),
        ("/api/v1/elqkit/submit", {"form": CANARY}, csv, bearer),
        ("/api/v1/elqkit/check", {}, csv, {"Authorization": f"Bearer {CANARY}"}),
        (f"/api/v1/jobs/{CANARY}/cancel", {}, None, bearer),
    ]
    return [
        client.post(path, data=data, files=files, headers=headers).status_code
        for path, data, files, headers in asked
    ]


@pytest.fixture(name="said", scope="module")
def _said() -> Iterator[dict[str, str]]:
    """All that a server said, at the level that says most."""
    token, users = accounts()
    with running(
        command=INSTALLED,
        SAFELIGHT_SIGN_IN="always",
        SAFELIGHT_USERS=users,
        SAFELIGHT_LOG_LEVEL="debug",
        SAFELIGHT_LOG_FORMAT="json",
        SECRET_KEY=KEY,
    ) as server:
        address = f"http://127.0.0.1:{server.port}"
        with httpx2.Client(base_url=address, timeout=PATIENCE_S, trust_env=False) as client:
            statuses = as_a_program(client, token) + as_a_person(client)
            numbers = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
        code, log = server.stop()
        yield {"log": log, "metrics": numbers.text, "statuses": str(statuses), "code": str(code)}


def test_the_canaries_were_taken_and_refused(said: dict[str, str]) -> None:
    """Some requests succeed, some fail, and none is a fault."""
    statuses = json.loads(said["statuses"])
    assert {200, 401, 403, 404} <= set(statuses)
    assert max(statuses) < 500
    assert said["code"] == "0"


@pytest.mark.parametrize("where", ["log", "metrics"])
def test_no_canary_is_told(said: dict[str, str], where: str) -> None:
    """At no level, in no field, in no label."""
    assert CANARY not in said[where].lower()
    assert "example.org" not in said[where]
    assert "127.0.0.1" not in said[where]


def test_what_was_done_is_told_without_them(said: dict[str, str]) -> None:
    """By events, routes, kinds and codes."""
    lines = [json.loads(line) for line in said["log"].splitlines()]
    events = {line["event"] for line in lines}
    assert {"sign-in.refused", "sign-in.accepted", "token.refused", "grant.refused"} <= events
    assert 'safelight_uploads_total{kind="jpeg",outcome="taken",tool="mapy"}' in said["metrics"]
    assert 'safelight_uploads_total{kind="text",outcome="taken",tool="elqkit"}' in said["metrics"]
