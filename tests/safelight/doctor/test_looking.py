"""Finding out what is there: at a real server, a real Redis, and a machine made of files."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
import socket
import ssl
import threading
from typing import TYPE_CHECKING
import warnings

import pytest

from exposed_server import BEHIND_NGINX
from nginx_server import running_nginx
from redis_server import redis_server
from safelight.configuration import PREFIX, WORKBENCH
from safelight.doctor.checks import CHECKS
from safelight.doctor.looking import configuration, machine, redis, server
from safelight.doctor.looking.target import BadTarget, Target
from safelight.doctor.looking.tls import look_at_tls
from safelight.doctor.model import State
from safelight.doctor.patient import Process, RedisSeen, SecretFile
from safelight.settings import Settings
from safelight_patients import patient
from safelight_server import free_port, running
from tls_authority import Issued, issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safelight.doctor.patient import Server
    from safelight_server import Running

NOW = datetime.now(UTC)
TRUST = "SSL_CERT_FILE"
"""The variable by which OpenSSL finds the authorities that a machine trusts."""
SHORT_S = 2
LOOKED_AT = ("tls.", "replies.", "server.")


@pytest.fixture(name="issued", scope="module")
def _issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    return issue(tmp_path_factory.mktemp("tls"))


@pytest.fixture(name="running_server", scope="module")
def _running_server(issued: Issued) -> Iterator[Running]:
    with running("-c", str(issued.chain), "-k", str(issued.key)) as found:
        yield found


@pytest.fixture(name="seen", scope="module")
def _seen(running_server: Running, issued: Issued) -> Server:
    """A real server over TLS, from a machine that trusts its authority."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TRUST, str(issued.authority))
        target = Target.of(f"https://localhost:{running_server.port}")
        return server.look(target, "toy", datetime.now(UTC))


@pytest.mark.parametrize("name", [c.name for c in CHECKS if c.name.startswith(LOOKED_AT)])
def test_a_server_as_it_is_shipped_is_well(seen: Server, name: str) -> None:
    """What it really sends passes every check that applies to it."""
    look = {check.name: check.look for check in CHECKS}[name]
    finding = look(patient(server=seen, now=NOW))
    elsewhere = {"tls.redirect"}  # its port is not the usual one
    alone = {"replies.strangers"}  # it is for its own machine, which may ask
    if name not in alone:
        expected = State.NOT_APPLICABLE if name in elsewhere else State.OK
        assert (finding.state, finding.sentence) == (expected, finding.sentence)


def test_behind_the_shipped_nginx_all_is_well(tmp_path: Path) -> None:
    """What nginx passes on, and what it answers itself; strangers are asked to sign in."""
    with (
        running("-b", "127.0.0.1", **BEHIND_NGINX, SAFELIGHT_HOSTNAMES="localhost") as behind,
        running_nginx(tmp_path, [f"127.0.0.1:{behind.port}"]) as nginx,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(TRUST, str(nginx.issued.authority))
        found = server.look(Target.of(nginx.url), "toy", datetime.now(UTC))
    whole = patient(server=found, now=NOW)
    results = {c.name: c.look(whole) for c in CHECKS if c.name.startswith(LOOKED_AT)}
    assert {n: f.sentence for n, f in results.items() if f.state is State.SHORT} == {}
    assert results["replies.strangers"].state is State.OK
    assert results["replies.cookies"].state is State.OK


def test_every_question_was_asked(seen: Server) -> None:
    """And the static file and the form of a tool, which pages lead to."""
    asked = {question.name for question in server.QUESTIONS}
    assert set(seen.replies) == asked | {"form", "static"}
    assert seen.replies["static"].status == 200
    assert seen.replies["form"].values_of("Set-Cookie") != []


def test_a_certificate_of_an_unknown_authority_is_seen(running_server: Running) -> None:
    """In the words of OpenSSL."""
    found = look_at_tls("localhost", running_server.port, SHORT_S)
    assert "certificate" in found.distrust
    assert (found.key, found.is_strong) == ("EC 256", True)
    assert found.ends is not None
    assert NOW < found.ends < NOW + timedelta(days=40)


def test_a_name_that_the_certificate_lacks_is_seen(
    running_server: Running, issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain alone is not enough."""
    monkeypatch.setenv(TRUST, str(issued.authority))
    monkeypatch.setattr(socket, "getaddrinfo", _to_this_machine)
    found = look_at_tls("safelight.example.org", running_server.port, SHORT_S)
    assert "mismatch" in found.distrust.lower()


def _to_this_machine(host: str, port: int, *_: object, **__: object) -> list[object]:
    del host
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


@contextmanager
def speaking(issued: Issued, highest: ssl.TLSVersion, lowest: ssl.TLSVersion) -> Iterator[int]:
    """A server that speaks certain versions of TLS and says nothing; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = lowest, highest
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(issued.chain, issued.key)

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(SHORT_S)


def test_old_versions_of_tls_are_seen(issued: Issued) -> None:
    """And the lack of the newest."""
    with speaking(issued, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_1) as port:
        found = look_at_tls("localhost", port, SHORT_S)
    assert (found.old, found.has_newest) == (("TLSv1.1",), False)


def test_versions_of_today_are_seen(running_server: Running) -> None:
    """Both of them, and no other."""
    found = look_at_tls("localhost", running_server.port, SHORT_S)
    assert (found.old, found.has_newest) == ((), True)


def test_where_nothing_listens_is_said() -> None:
    """In words of ours."""
    found = server.look(Target.of(f"http://127.0.0.1:{free_port()}"), "", NOW)
    assert (found.problem, found.replies) == ("nothing listens there", {})


def test_what_is_no_web_server_is_said(running_server: Running) -> None:
    """Such as TLS where none was asked for."""
    found = server.look(Target.of(f"http://127.0.0.1:{running_server.port}"), "", NOW)
    assert found.problem != ""


def test_a_unix_socket_can_be_asked(tmp_path: Path) -> None:
    """Under the first name of the server."""
    path = tmp_path / "s"
    values = Settings({"SAFELIGHT_SOCKET": str(path)}).values(WORKBENCH)
    with _answering(path):
        found = server.look(Target.of_settings(values), "", NOW)
    assert (found.url, found.problem) == (f"unix:{path}", "")
    assert found.replies["page"].status == 200


@contextmanager
def _answering(path: Path) -> Iterator[None]:
    """A listener on a socket that says the same to everyone."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(SHORT_S)


@pytest.mark.parametrize("url", ["safelight.example.org", "ftp://x", "http://", "http://x:y", ""])
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before anything is asked."""
    with pytest.raises(BadTarget):
        Target.of(url)


def test_a_path_below_which_it_is_served_is_kept() -> None:
    """And the port, in the name it is asked under."""
    target = Target.of("https://example.org:8443/safelight/")
    assert (target.path, target.host, target.port) == ("/safelight", "example.org:8443", 8443)
    assert target.without_tls(80).host == "example.org"


def test_settings_are_looked_at_with_their_files(tmp_path: Path) -> None:
    """Permissions of each file that holds a secret; what has no effect is named."""
    key = tmp_path / "key"
    key.write_text("kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa")
    key.chmod(0o644)
    users = tmp_path / "users.json"
    users.write_text('{"users": {}}')
    users.chmod(0o600)
    settings = Settings(
        {
            "SECRET_KEY_FILE": str(key),
            "SAFELIGHT_USERS_FILE": str(users),
            "SAFELIGHT_THREAD": "3",
        }
    )
    found = configuration.look(settings, WORKBENCH, [PREFIX], key)
    assert found.files == (
        SecretFile("SAFELIGHT_USERS_FILE", 0o600),
        SecretFile("SECRET_KEY_FILE", 0o644),
        SecretFile("--env-file", 0o644),
    )
    assert "SAFELIGHT_THREAD is not a setting" in found.unknown[0]
    assert (found.accounts_problem, found.is_exposed) == ("", False)


def test_accounts_that_can_not_be_read_are_said(tmp_path: Path) -> None:
    """With the reason."""
    path = tmp_path / "users.json"
    path.write_text('{"users": {}}')
    path.chmod(0o666)  # anyone could give themselves an account
    settings = Settings({"SAFELIGHT_USERS_FILE": str(path)})
    assert configuration.look(settings, WORKBENCH, [PREFIX], None).accounts_problem != ""


def made(root: Path, **files: str) -> Path:
    """A machine of files: `proc__swaps` is /proc/swaps."""
    (root / "proc" / "self").mkdir(parents=True)
    for name, content in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


SWAPS = "Filename Type Size Used Priority\n"
LIMITS = "Limit Soft Hard Units\nMax core file size        {}          {}          bytes\n"


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (SWAPS, 0),
        (f"{SWAPS}/dev/sda2 partition 8388604 0 -2\n", 1),
        (f"{SWAPS}/swapfile file 8388604 0 -2\n/dev/zram0 partition 100 0 5\n", 1),
        (f"{SWAPS}/dev/dm-1 partition 8388604 0 -2\n", 0),
    ],
)
def test_swap_is_seen_unless_it_is_memory_or_encrypted(
    tmp_path: Path, content: str, count: int
) -> None:
    """As the kernel lists it."""
    root = made(tmp_path, proc__swaps=content)
    uuid = root / "sys/block/dm-1/dm/uuid"
    uuid.parent.mkdir(parents=True)
    uuid.write_text("CRYPT-PLAIN-swap\n")
    assert machine.look(root).swaps == count


@pytest.mark.parametrize(("limit", "may"), [("0\n", False), ("max\n", True), ("1024\n", True)])
def test_a_limit_of_the_control_group_is_seen(tmp_path: Path, limit: str, may: bool) -> None:
    """That of systemd and of containers."""
    root = made(tmp_path, proc__self__cgroup="0::/system.slice/safelight.service\n")
    path = root / "sys/fs/cgroup/system.slice/safelight.service/memory.swap.max"
    path.parent.mkdir(parents=True)
    path.write_text(limit)
    assert machine.look(root).may_swap is may


def test_processes_of_the_server_are_seen(tmp_path: Path) -> None:
    """Whoever started them, and no others."""
    status = "Name:\tsafelight\nUid:\t1000\t1001\t1000\t1000\n"
    root = made(
        tmp_path,
        proc__7__cmdline="/usr/bin/python3\0/opt/venv/bin/safelight\0serve\0-p\0009000\0",
        proc__7__status=status,
        proc__7__limits=LIMITS.format("unlimited", "unlimited"),
        proc__8__cmdline="safelight\0worker\0",
        proc__8__status=status,
        proc__8__limits=LIMITS.format("1", "1"),
        proc__9__cmdline="safelight\0doctor\0",
        proc__10__cmdline="tail\0-f\0safelight\0",
    )
    assert set(machine.look(root).processes) == {Process(1001, None), Process(1001, 1)}


def test_a_machine_that_tells_nothing_is_none_that_is_unsafe(tmp_path: Path) -> None:
    """Not Linux, or files that are not for us."""
    found = machine.look(tmp_path)
    assert (found.swaps, found.processes, found.is_linux) == (0, (), False)


def test_redis_is_seen_as_it_is() -> None:
    """On a socket of this machine, writing nothing."""
    with redis_server() as there:
        found = redis.look(there.url)
    assert found.problem == ""
    assert found.version >= (6, 2)
    assert (found.persistence, found.is_remote, found.policy) == ((), False, "")


def test_a_redis_that_writes_to_a_disk_and_forgets_is_seen() -> None:
    """Snapshots, the log, and what it does when it is full."""
    with redis_server() as there, there.client() as client:
        client.config_set("save", "60 1")
        client.config_set("appendonly", "yes")
        client.config_set("maxmemory", "100mb")
        client.config_set("maxmemory-policy", "allkeys-lru")
        found = redis.look(there.url)
        client.config_set("appendonly", "no")
    assert found.persistence == ("snapshots", "append-only file")
    assert found.policy == "allkeys-lru"


def test_a_redis_that_does_not_tell_its_settings_is_judged_by_what_it_wrote() -> None:
    """Where CONFIG is taken away."""
    with redis_server() as there, there.client() as client:
        client.acl_setuser(
            "default", enabled=True, nopass=True, keys=["*"], commands=["+@all", "-config"]
        )
        assert redis.look(there.url).persistence == ()
        client.save()
        assert redis.look(there.url).persistence == ("snapshots",)


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("redis://:canary@127.0.0.1:1/0", "nothing answers"),
        ("unix:///nowhere/redis.sock", "nothing answers"),
        ("redis://127.0.0.1:port", "can't be understood"),
    ],
)
def test_a_redis_that_is_not_there_is_said_without_its_address(url: str, seen: str) -> None:
    """Which may hold a password."""
    found = redis.look(url)
    assert seen in found.problem
    assert "canary" not in found.problem


def test_a_password_that_is_wrong_is_said() -> None:
    """And not shown."""
    with redis_server() as there, there.client() as client:
        client.config_set("requirepass", "another")
        found = redis.look(f"unix://:canary@{there.socket}")
    assert found == RedisSeen("it does not accept the password")


def test_a_password_and_encryption_are_seen_in_the_address() -> None:
    """On another machine both are needed."""
    assert redis.options("rediss://:x@redis.example.org").is_remote
    assert redis.options("rediss://:x@redis.example.org").is_encrypted
    assert redis.options("redis://:x@redis.example.org").has_password
    assert not redis.options("redis://redis.example.org").has_password
    assert not redis.options("unix:///run/redis.sock").is_remote
    assert not redis.options("redis://localhost:6379").is_remote
