"""Where the server listens: at a port, or at a Unix socket for a proxy on this machine."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
import os
from pathlib import Path
import socket
import stat
import sys
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue

SOCKET_MODE = 0o660
"""Who may open the socket is a proxy: its group decides."""


class AddressTaken(OSError):  # noqa: N818 - reads as what it is
    """Something else listens there, or it is not ours to take. The text says what to do."""


@dataclass(frozen=True, slots=True)
class PortAddress:
    """A port of this machine, or of one of its networks."""

    host: str
    port: int

    @property
    def number(self) -> str:
        """The host as an IP address."""
        return "127.0.0.1" if self.host.lower() == "localhost" else self.host.strip("[]")

    def url(self, *, secure: bool) -> str:
        """What to type into a browser."""
        host = f"[{self.number}]" if ":" in self.number else self.host
        return f"{'https' if secure else 'http'}://{host}:{self.port}"

    def check(self) -> None:
        """Raise AddressTaken if the port is: granian would share it without a word."""
        family = socket.AF_INET6 if ":" in self.number else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":  # there the option would let two servers share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.number, self.port))
            except OSError as error:
                reason = error.strerror or "it can't be bound"
                raise AddressTaken(
                    f"Port {self.port} on {self.host} can't be used: {reason}."
                    " Choose another with -p, or stop the program that has it."
                ) from error

    async def connect(self) -> asyncio.StreamWriter:
        """A connection to whoever listens there."""
        return (await asyncio.open_connection(self.number, self.port))[1]


@dataclass(frozen=True, slots=True)
class SocketAddress:
    """A Unix socket."""

    path: Path

    def url(self, *, secure: bool) -> str:
        """What to write into a proxy's configuration."""
        del secure  # who may open it is decided by its permissions
        return f"unix:{self.path}"

    def check(self) -> None:
        """Raise AddressTaken if someone listens there; take away what a killed server left."""
        try:
            if stat.S_ISSOCK(os.lstat(self.path).st_mode) and not self._answers():
                self.path.unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise self._taken(error.strerror or "it can't be opened") from error
        if self.path.exists():
            raise self._taken("something else is there")
        if not os.access(self.path.parent, os.W_OK):
            raise self._taken("its folder is not there, or not this user's to write in")

    async def connect(self) -> asyncio.StreamWriter:
        """A connection to whoever listens there."""
        return (await asyncio.open_unix_connection(self.path))[1]

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.path)) == 0

    def _taken(self, reason: str) -> AddressTaken:
        return AddressTaken(
            f"The socket {self.path} can't be used: {reason}."
            " Choose another with SAFELIGHT_SOCKET, or stop the program that has it."
        )


Address: TypeAlias = PortAddress | SocketAddress


def address_of(values: Mapping[str, SettingValue]) -> Address:
    """Where the workbench's settings say to listen."""
    if values["socket"]:
        return SocketAddress(Path(str(values["socket"])).absolute())
    return PortAddress(str(values["host"]), int(values["port"] or 0))
