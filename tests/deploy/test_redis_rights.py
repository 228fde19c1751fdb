"""The rights that the compose file gives the application in Redis: what it uses, and no more."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
import re
from typing import TYPE_CHECKING

import pytest

from redis_server import redis_server
import safelight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "deploy" / "compose" / "cluster" / "compose.yaml"
CALL = re.compile(r"""redis\.call\(\s*['"](\w+)['"]""")


def packages() -> list[Path]:
    """Where the scripts that run in Redis come from: ours, the queue's, the limits'."""
    specs = [find_spec(name) for name in ("dramatiq", "limits")]
    found = [Path(spec.origin).parent for spec in specs if spec and spec.origin]
    return [Path(safelight.__file__).parent, *found]


def used() -> set[str]:
    """The commands that these scripts call."""
    return {
        command.upper()
        for package in packages()
        for path in package.rglob("*")
        if path.suffix in {".py", ".lua"}
        for command in CALL.findall(path.read_text())
    }


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    """Redis with a user `app` that has the shipped rights."""
    line = re.search(r"user default (on .*)", COMPOSE.read_text())
    assert line is not None
    with redis_server() as server:
        client = server.client()
        client.execute_command("ACL", "SETUSER", "app", *line[1].split())  # type: ignore[no-untyped-call]
        yield client
        client.close()


def may(redis: Redis, command: str) -> bool:
    """Whether the application may give a command, with as many arguments as it takes."""
    arity = abs(int(redis.command()[command.lower()]["arity"]))
    arguments = ["1"] * (arity - 1)
    told = redis.execute_command("ACL", "DRYRUN", "app", command, *arguments)  # type: ignore[no-untyped-call]
    return told in {"OK", b"OK"}


def test_scripts_may_do_what_they_do(redis: Redis) -> None:
    """Every command of every script, also those that only clean up after a dead worker."""
    commands = used()
    assert {"GET", "KEYS", "ZADD"} <= commands
    assert [command for command in sorted(commands) if not may(redis, command)] == []


@pytest.mark.parametrize("command", ["FLUSHALL", "SHUTDOWN", "DEBUG", "MONITOR", "SAVE"])
def test_the_application_may_not_manage_redis(redis: Redis, command: str) -> None:
    """Whoever takes it over can't stop Redis, read along, or have it write to a disk."""
    assert not may(redis, command)
