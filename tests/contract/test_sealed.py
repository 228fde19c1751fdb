"""What an onlooker of Redis sees: nothing of a visitor, and nothing that stays."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from safelight.app import create_app
from safelight.settings import Settings
from safelight.state.redis_connection import connect
from safelight.state.redis_state import RedisState
from safelight.state.sealing import Seal
from safelight_builders import file, token
import toy_tool

if TYPE_CHECKING:
    from redis import Redis

    from redis_server import RedisServer

CANARY = b"canary-0815"
SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"
ADDRESS = "203.0.113.77"
LASTING = re.compile(rb"safelight:queue:(jobs|jobs\.msgs|__heartbeats__)")
"""Numbers of jobs and of workers."""


def everything(client: Redis) -> bytes:
    """All keys and all values, as they lie there."""
    client.config_set("rdbcompression", "no")
    found = []
    for key in client.scan_iter():
        found += [key, client.dump(key) or b""]
    return b"\n".join(found)


def test_nothing_of_a_visitor_can_be_read_there(redis: RedisServer) -> None:
    """Neither what they sent, nor what a job was given and told, nor who they are."""
    variables = {"SECRET_KEY": SECRET_KEY, "REDIS_URL": redis.url}
    application = create_app(Settings(variables), (toy_tool.tool,), time.time)
    client = application.test_client()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    form = {"csrf_token": token(client), "files": file(CANARY, CANARY.decode())}
    client.post("/toy/", data=form)
    header = {"X-CSRFToken": token(client)}
    assert client.post("/toy/note", data=CANARY, headers=header).text == "kept"
    walk = {"way": CANARY.decode(), "steps": "1", "step_s": "0"}
    started = client.post("/api/v1/toy/walk", data=walk, headers={"X-CSRFToken": token(client)})
    assert started.status_code == 202
    assert client.get("/toy/note").data == CANARY
    cookie = client.get_cookie("safelight")
    assert cookie is not None
    with redis.client() as onlooker:
        dump = everything(onlooker)
        lasting = [key for key in onlooker.scan_iter() if onlooker.ttl(key) < 0]
    secrets = (CANARY, ADDRESS.encode(), cookie.value.encode(), header["X-CSRFToken"].encode())
    assert [secret for secret in secrets if secret in dump] == []
    assert b"v:csrf_token" in dump  # the onlooker does see what is there
    assert [key for key in lasting if not LASTING.fullmatch(key)] == []


def test_another_key_opens_nothing(redis: RedisServer) -> None:
    """A value sealed with the SECRET_KEY of before is as good as gone."""
    state = RedisState(connect(redis.url), Seal(bytes(32)))
    state.write("name", b"1", 60)
    stranger = RedisState(connect(redis.url), Seal(b"1" * 32))
    assert stranger.read("name") is None


def test_a_value_can_not_be_moved_or_changed(redis: RedisServer) -> None:
    """Who can write to Redis can forget it, and no more."""
    state = RedisState(connect(redis.url), Seal(bytes(32)))
    state.write("mine", b"1", 60)
    with redis.client() as onlooker:
        sealed = onlooker.get("safelight:mine")
        assert isinstance(sealed, bytes)
        onlooker.set("safelight:other", sealed)
        onlooker.set("safelight:mine", sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert state.read_all(["mine", "other"]) == [None, None]
