"""Where the server listens."""

from __future__ import annotations

import asyncio
from pathlib import Path
import socket
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from safelight.serving.addresses import AddressTaken, PortAddress, SocketAddress, address_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safelight.api import SettingValue

VALUES: dict[str, SettingValue] = {"socket": "", "host": "127.0.0.1", "port": 8847}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name: that of a socket has at most 107 bytes."""
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("localhost", "http://localhost:80"),
        ("::1", "http://[::1]:80"),
        ("[::1]", "http://[::1]:80"),
    ],
)
def test_the_address_is_one_to_click(host: str, url: str) -> None:
    """As a browser wants it."""
    assert PortAddress(host, 80).url(secure=False) == url


def test_a_socket_is_named_as_a_proxy_wants_it() -> None:
    """With or without TLS: nobody but this machine's users reads along."""
    assert SocketAddress(Path("/run/web.sock")).url(secure=True) == "unix:/run/web.sock"


def test_a_socket_goes_before_a_port() -> None:
    """The port has a default, the socket does not."""
    assert address_of(VALUES) == PortAddress("127.0.0.1", 8847)
    assert address_of({**VALUES, "socket": "/run/web.sock"}) == SocketAddress(Path("/run/web.sock"))


def test_a_port_that_someone_has_is_refused_with_a_way() -> None:
    """Granian alone would share it, and each of the two would get half of the requests."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = PortAddress("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(AddressTaken, match="Choose another with -p"):
            address.check()


def test_a_socket_that_a_killed_server_left_is_taken_over(folder: Path) -> None:
    """Nobody answers there, so it is nobody's."""
    path = folder / "web.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    SocketAddress(path).check()
    assert not path.exists()


def test_a_socket_that_someone_answers_at_stays_theirs(folder: Path) -> None:
    """The refusal says what to do."""
    path = folder / "web.sock"
    with socket.socket(socket.AF_UNIX) as living:
        living.bind(str(path))
        living.listen()
        with pytest.raises(AddressTaken, match="SAFELIGHT_SOCKET"):
            SocketAddress(path).check()
    assert path.exists()


def test_a_file_is_never_taken_for_a_socket(folder: Path) -> None:
    """It is not ours to remove."""
    path = folder / "notes.txt"
    path.write_text("mine")
    with pytest.raises(AddressTaken, match="something else is there"):
        SocketAddress(path).check()
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(folder: Path) -> None:
    """Rather than a traceback from inside the server."""
    with pytest.raises(AddressTaken, match="its folder is not there"):
        SocketAddress(folder / "gone" / "web.sock").check()


def test_nobody_listens_yet(folder: Path) -> None:
    """What the wait for the server's threads relies on."""
    with pytest.raises(OSError, match=r"web\.sock|No such file"):
        asyncio.run(SocketAddress(folder / "web.sock").connect())
