"""The shipped nginx configuration, run by the real nginx on free ports."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
import os
from pathlib import Path
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

from safelight_server import free_port, read_reply
from tls_authority import Issued, issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx"
START_S = 10
OUT, ERR = "out.log", "err.log"
STEP_S = 0.02


@dataclass(frozen=True)
class Nginx:
    """An nginx that answers."""

    folder: Path
    http_port: int
    https_port: int
    issued: Issued
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"https://localhost:{self.https_port}"

    def said(self) -> tuple[str, str]:
        """What it has written so far on standard output and on standard error."""
        return (self.folder / OUT).read_text(), (self.folder / ERR).read_text()

    def connect(self, *, secure: bool = True, name: str = "localhost") -> socket.socket:
        """A new connection, with TLS unless told otherwise."""
        port = self.https_port if secure else self.http_port
        plain = socket.create_connection(("127.0.0.1", port), 10)
        if not secure:
            return plain
        return self.issued.context().wrap_socket(plain, server_hostname=name)

    def raw(self, request: bytes, *, secure: bool = True) -> bytes:
        """Send bytes as they are; the first reply."""
        with self.connect(secure=secure) as connection:
            connection.sendall(request)
            return read_reply(connection)

    def all_replies(self, request: bytes, *, secure: bool = True) -> bytes:
        """Send bytes as they are; all that comes until nginx closes or says no more for a while."""
        received = b""
        with self.connect(secure=secure) as connection:
            connection.sendall(request)
            connection.settimeout(1)
            try:
                while piece := connection.recv(65536):
                    received += piece
            except TimeoutError:
                pass
        return received


@contextmanager
def running_nginx(
    folder: Path,
    upstream: Iterable[str],
    *,
    names: Iterable[str] = ("localhost",),
    sub_path: bool = False,
    modern: bool = False,
    ports: tuple[int, int] | None = None,
) -> Iterator[Nginx]:
    """Nginx with the shipped configuration and another site.

    Args:
        folder: where it may write: an empty folder of the test.
        upstream: where the application listens: `127.0.0.1:8847`, `unix:/run/web.sock`.
        names: the host names it answers under.
        sub_path: below /safelight/ rather than at the root.
        modern: TLS 1.3 alone.
        ports: of http and https; free ones unless given.
    """
    http_port, https_port = ports or (free_port(), free_port())
    issued = issue(folder)
    configuration = folder / "nginx"
    shutil.copytree(SHIPPED, configuration)
    for path in configuration.rglob("*.conf"):
        path.write_text(path.read_text().replace("/tmp/", f"{folder}/"))  # noqa: S108 - replaced
    site = {
        "listen-http": f"listen 127.0.0.1:{http_port};",
        "listen-https": f"listen 127.0.0.1:{https_port} ssl http2;",
        "names": f"server_name {' '.join(names)};",
        "certificate": f"ssl_certificate {issued.chain}; ssl_certificate_key {issued.key};",
        "ports": f'map "" $https_port {{ default ":{https_port}"; }}',
        "tls": f"include snippets/tls-{'modern' if modern else 'intermediate'}.conf;",
        "upstream": "upstream safelight {"
        + "".join(f" server {address} max_fails=0;" for address in upstream)
        + " }",
        "locations": f"include snippets/at-{'sub-path' if sub_path else 'root'}.conf;",
    }
    for name, text in site.items():
        (configuration / "site" / f"{name}.conf").write_text(text)
    options = "daemon off;"
    if os.geteuid() == 0:
        options += " user root;"  # the folder is this user's alone
    # Into files: a pipe that nobody reads fills up, and nginx then waits for ever to write its log.
    with (folder / OUT).open("w") as out, (folder / ERR).open("w") as err:
        process = subprocess.Popen(
            ["nginx", "-p", str(folder), "-c", str(configuration / "nginx.conf"), "-g", options],
            stdout=out,
            stderr=err,
        )
    nginx = Nginx(folder, http_port, https_port, issued, process)
    try:
        _wait(nginx)
        yield nginx
    finally:
        process.terminate()
        process.wait(timeout=START_S)


def _wait(nginx: Nginx) -> None:
    """Until it takes connections.

    Raises:
        RuntimeError: it ended at once; what it said.
    """
    ends = time.monotonic() + START_S
    while time.monotonic() < ends:
        if nginx.process.poll() is not None:
            raise RuntimeError(nginx.said()[1])
        try:
            socket.create_connection(("127.0.0.1", nginx.https_port), 1).close()
        except OSError:
            time.sleep(STEP_S)
        else:
            return
    raise RuntimeError("nginx does not listen")
