"""Runs inside the confinement: a person uploads a picture and takes its clean copy away.

Prints what happened, and what could be reached and written, as one JSON object.
"""

from __future__ import annotations

import contextlib
from http.client import HTTPConnection
import json
import os
from pathlib import Path
import re
import signal
import socket
import subprocess
import sys
import time
from typing import Any

import mapy

PORT = 8847
PHOTO = Path(mapy.__file__).parent / "web" / "sample" / "photo.jpg"
PLACES = ("/", "/dev/shm", "/etc", "/home", "/nonexistent", "/run", "/usr", "/var/tmp", "/tmp")  # noqa: S108 - tried
EDGE = "edge"
LARGE = 49_900_000
"""Bytes of a picture as large as is taken."""


def ask(
    method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers, body."""
    link = HTTPConnection("127.0.0.1", PORT, timeout=30)
    link.request(method, path, body or None, headers or {})
    reply = link.getresponse()
    return reply.status, dict(reply.getheaders()), reply.read()


def form(size: int = 0, **fields: bytes) -> tuple[bytes, dict[str, str]]:
    """A form with the sample picture, and zeros behind it up to a size."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value
        for name, value in fields.items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="images"; filename="a.jpg"\r\n\r\n'
    parts += [head.encode() + PHOTO.read_bytes().ljust(size, b"\0"), f"--{EDGE}--\r\n".encode()]
    return b"\r\n".join(parts), {"Content-Type": f"multipart/form-data; boundary={EDGE}"}


def flow() -> dict[str, Any]:
    """From the page to the clean copy."""
    _, headers, page = ask("GET", "/mapy/")
    token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
    cookie = headers.get("set-cookie", "").partition(";")[0]
    body, kind = form(csrf_token=token[1] if token else b"")
    shown, _, result = ask("POST", "/mapy/", body, {**kind, "Cookie": cookie})
    body, kind = form()
    cleaned, _, copy = ask("POST", "/api/v1/mapy/clean", body, kind)
    body, kind = form(LARGE)
    large, _, read = ask("POST", "/api/v1/mapy/read", body, kind)
    position = mapy.read(PHOTO).position
    return {
        "shown": shown,
        "place_in_page": b"Arezzo" in result,
        "large": large,
        "place_in_large": b"GPSLatitude" in read,
        "cleaned": cleaned,
        "had_position": position is not None,
        "has_position": mapy.read(copy).position is not None,
    }


def writable() -> list[str]:
    """The places where a file can be made."""
    found = []
    for place in (*PLACES, str(Path(__file__).parent)):
        path = Path(place) / "written"
        with contextlib.suppress(OSError):
            path.write_bytes(b"x")
            path.unlink()
            found.append(place)
    return found


def runs_what_it_wrote() -> bool:
    """Whether a program that was put into /tmp can be started."""
    program = Path("/tmp/program")  # noqa: S108 - what is tried
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    try:
        return subprocess.run([str(program)], check=False).returncode == 0
    except PermissionError:
        return False
    finally:
        program.unlink()


def reaches(address: str) -> bool:
    """Whether a way leads to an address of a test network (RFC 5737)."""
    with socket.socket() as link:
        link.settimeout(1)
        try:
            link.connect((address, 443))
        except OSError:
            return False
        return True


def is_alive() -> bool:
    """Whether the server comes up: the question that the image's health check asks."""
    for _ in range(150):
        asked = subprocess.run([sys.executable, "-m", "safelight.serving.alive"], check=False)
        if asked.returncode == 0:
            return True
        time.sleep(0.1)
    return False


def in_tmp() -> set[str]:
    """What lies in the one place that can be written to. The checkout may be there, too."""
    return set(os.listdir("/tmp"))  # noqa: PTH208, S108 - what is looked at


def main() -> None:
    """Start the server as the image does, use it, stop it."""
    before = in_tmp()
    server = subprocess.Popen(
        ["safelight", "serve"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    alive = is_alive()
    told = {"alive": alive, **(flow() if alive else {})}
    server.send_signal(signal.SIGTERM)
    _, log = server.communicate(timeout=20)
    status = Path("/proc/self/status").read_text()
    told |= {
        "ended": server.returncode,
        "log": log[-2000:],
        "user": os.getuid(),
        "capabilities": re.findall(r"^Cap(?:Prm|Eff|Bnd):\s*(\w+)", status, re.MULTILINE),
        "no_new_privileges": "NoNewPrivs:\t1" in status,
        "writable": writable(),
        "left_in_tmp": sorted(in_tmp() - before),
        "runs_what_it_wrote": runs_what_it_wrote(),
        "reaches": reaches("192.0.2.1"),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
