"""The built-in mock, in the server's own process and on loopback only: one for each visitor.

Each has its own, so that nobody sees what another one rehearsed with. There are few at a time; the
longest unused makes room, and with it all that it received.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock, Thread

from elqkit.mock import Mock
from elqkit.mock.server import Server
from elqkit.text import Text

MAX_MOCKS = 12
POLL_S = 0.1
"""How often a mock looks whether it is to stop."""

WEATHERS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "calm": (Text("Everything goes well"), ("slow=0.05",)),
    "busy": (Text("It is busy: at times it asks for a pause"), ("slow=0.05", "throttled=2@25")),
    "rough": (
        Text("It is a bad day: some rows are refused a turn, and some answers are lost"),
        ("slow=0.05", "throttled=1@30", "drop-after-commit@9:12"),
    ),
}
"""How a mock may behave: what a person reads, and its faults."""


class Mocks:
    """The mocks that run in this process."""

    def __init__(self) -> None:
        self._running: OrderedDict[tuple[str, str], Server] = OrderedDict()
        self._lock = Lock()

    def address(self, owner: str, weather: str) -> str:
        """Where the mock of an owner answers; started if it does not run.

        Raises:
            KeyError: there is no such weather.
        """
        faults = WEATHERS[weather][1]
        with self._lock:
            server = self._running.get((owner, weather))
            if server is None:
                while len(self._running) >= MAX_MOCKS:
                    _stop(self._running.popitem(last=False)[1])
                server = Server(Mock(faults))
                Thread(target=server.serve_forever, args=(POLL_S,), daemon=True).start()
                self._running[owner, weather] = server
            self._running.move_to_end((owner, weather))
            return server.address

    def close(self) -> None:
        """Stop them all."""
        with self._lock:
            for server in self._running.values():
                _stop(server)
            self._running.clear()


def _stop(server: Server) -> None:
    server.shutdown()
    server.server_close()


MOCKS = Mocks()
"""Of this process: a mock is a socket, and so is not the application's."""
