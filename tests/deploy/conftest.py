"""The workbench behind the real nginx, with the configuration that is shipped."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from exposed_server import OTHERS_MAY_COME
from nginx_server import Nginx, running_nginx
from safelight_server import INSTALLED, running

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder with a short name: that of a socket has at most 107 bytes."""
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture(scope="session")
def application(folder: Path) -> Iterator[str]:
    """The workbench on a Unix socket, as nginx names it."""
    path = folder / "web.sock"
    with running(command=INSTALLED, SAFELIGHT_SOCKET=str(path), **OTHERS_MAY_COME):
        yield f"unix:{path}"


@pytest.fixture(scope="session")
def site(folder: Path, application: str) -> Iterator[Nginx]:
    """At the root of its host."""
    (folder / "site").mkdir()
    with running_nginx(folder / "site", [application]) as nginx:
        yield nginx


@pytest.fixture(scope="session")
def sub_path(folder: Path, application: str) -> Iterator[Nginx]:
    """Below /safelight/ of a shared host, and with TLS 1.3 alone."""
    (folder / "sub").mkdir()
    with running_nginx(folder / "sub", [application], sub_path=True, modern=True) as nginx:
        yield nginx
