"""A whole installation as its processes: nginx, Redis, two of the web, two workers."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import signal
import subprocess
import sys
from tempfile import TemporaryDirectory
import time
from typing import TYPE_CHECKING

import httpx2

from account_builders import CHEAP, form_token
from nginx_server import Nginx, running_nginx
from redis_server import RedisServer, redis_server
from safelight.accounts.document import accounts_from, text_of
from safelight.accounts.tokens import new_token
from safelight_server import COMMAND

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPPORT = Path(__file__).parent
WEBS, WORKERS = ("web-1", "web-2"), ("worker-1", "worker-2")
PASSWORD = "correct horse battery staple"
SECRET_KEY = "6f1d0a5c93be47d28c7e4b0f9a3d21587e60cb4fa9d83512"
PEOPLE = ("ada", "bob", "eve", "max", "pia", "tom")
START_S = 20


def accounts() -> tuple[str, dict[str, str]]:
    """The users, and an API token of each."""
    user = {"password": CHEAP.hash(PASSWORD), "grants": ["toy"]}
    found = accounts_from(json.dumps({"users": dict.fromkeys(PEOPLE, user)}))
    tokens = {}
    for name in PEOPLE:
        tokens[name], token = new_token(name, ["toy"], time.time(), 1, name)
        found = found.with_token(token)
    return text_of(found), tokens


@dataclass
class Cluster:
    """The processes. Any may be ended and started again."""

    folder: Path
    redis: RedisServer
    users: str
    tokens: dict[str, str]
    nginx: Nginx | None = None
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    clients: list[httpx2.Client] = field(default_factory=list)

    def socket(self, name: str) -> Path:
        """Where a process of the web listens."""
        return self.folder / f"{name}.sock"

    def start(self, *names: str) -> None:
        """Start processes, and wait until each says that it is there."""
        for name in names:
            self._begin(name)
        for name in names:
            said = self.processes[name].stdout
            assert said is not None
            assert said.readline().startswith(b"Safelight"), name

    def _begin(self, name: str) -> None:
        kind = name.partition("-")[0]
        environment = {
            "PYTHONPATH": str(SUPPORT),
            "PYTHONUNBUFFERED": "1",
            "SECRET_KEY": SECRET_KEY,
            "SAFELIGHT_USERS": self.users,
            "REDIS_URL": self.redis.url,
            "SAFELIGHT_LOG_LEVEL": "error",
        }
        if kind == "web":
            environment["SAFELIGHT_SOCKET"] = str(self.socket(name))
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve" if kind == "web" else "worker"],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
        )

    def kill(self, name: str) -> None:
        """End a process without warning."""
        self._end(name, signal.SIGKILL)

    def stop(self, name: str) -> int:
        """Ask a process to stop: its exit code."""
        return self._end(name, signal.SIGTERM)

    def _end(self, name: str, number: int) -> int:
        process = self.processes.pop(name)
        process.send_signal(number)
        process.wait(START_S)
        assert process.stdout is not None
        process.stdout.close()
        return process.returncode

    def end(self) -> None:
        """End all that still runs."""
        for client in self.clients:
            client.close()
        for name in list(self.processes):
            self.kill(name)

    def visitor(self, name: str = "ada") -> httpx2.Client:
        """A browser in which somebody is signed in."""
        client = self._client({})
        page = client.get("/sign-in")
        fields = {"csrf_token": form_token(page.text), "name": name, "password": PASSWORD}
        reply = client.post("/sign-in", data=fields, headers={"Referer": str(page.url)})
        assert reply.status_code == 303
        return client

    def program(self, name: str = "ada") -> httpx2.Client:
        """A program with somebody's token."""
        return self._client({"Authorization": f"Bearer {self.tokens[name]}"})

    def _client(self, headers: dict[str, str]) -> httpx2.Client:
        assert self.nginx is not None
        context = self.nginx.issued.context()
        client = httpx2.Client(
            base_url=self.nginx.url, verify=context, headers=headers, timeout=20, trust_env=False
        )
        self.clients.append(client)
        return client


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """All of them; gone at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="cluster-")))
        redis = stack.enter_context(redis_server())
        users, tokens = accounts()
        cluster = Cluster(folder, redis, users, tokens)
        stack.callback(cluster.end)
        cluster.start(*WEBS, *WORKERS)
        (folder / "nginx").mkdir()
        upstream = [f"unix:{cluster.socket(name)}" for name in WEBS]
        cluster.nginx = stack.enter_context(running_nginx(folder / "nginx", upstream))
        yield cluster
