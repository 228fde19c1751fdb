"""One HTTP call: what was asked, what came back, and what is known if nothing did.

TLS is verified, no redirect is followed, no proxy or `.netrc` of the environment is used, no answer
is read beyond a limit, and what is said of a failure holds no address and no value.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
import json
import ssl
from threading import Lock
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from elqkit.errors import Unreachable, Unsure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2

MAX_ANSWER_BYTES = 32 * 1024 * 1024
"""A page of 1,000 whole forms stays below that."""
USER_AGENT = "Safelight ElqKit"
TOO_OLD, TOO_LONG = 0.0, 10.0**6


class Timeouts(NamedTuple):
    """Seconds that a call may take: Eloqua answers 503 by itself when it gives up."""

    connect_s: float = 10.0
    read_s: float = 60.0
    form_s: float = 20.0
    """To read the answer of the public form."""


class Answer(NamedTuple):
    """What came back. Never shown whole: it may hold people's values."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    def __repr__(self) -> str:
        return f"Answer(status={self.status}, {len(self.body)} bytes)"

    @property
    def text(self) -> str:
        """The body as text; what is no UTF-8 is replaced."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the far side sends; the models look at each value
        """The body's JSON, or None: answers may be HTML, text or nothing."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def request_id(self) -> str:
        """Eloqua's own name of the call."""
        return self.headers.get("x-request-id", "")[:100]

    @property
    def retry_after_s(self) -> float | None:
        """The pause of `Retry-After`, in seconds or as a date. RFC 9110, section 10.2.3."""
        value = self.headers.get("retry-after", "").strip()
        if value.isdecimal():
            return min(float(value[:9]), TOO_LONG)
        try:
            return max(TOO_OLD, parsedate_to_datetime(value).timestamp() - time.time())
        except (ValueError, TypeError, OverflowError):
            return None


class Wire:
    """The connections of one client, shared by its threads.

    Args:
        timeouts: how long a call may take.
        transport: httpx2's, for tests without a socket.
    """

    def __init__(
        self, timeouts: Timeouts | None = None, transport: httpx2.BaseTransport | None = None
    ) -> None:
        self.timeouts = timeouts or Timeouts()
        self._transport = transport
        self._client: httpx2.Client | None = None
        self._lock = Lock()

    def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        read_s: float | None = None,
        only_reads: bool = True,
    ) -> Answer:
        """The answer of one call, whatever its status.

        Args:
            method: `GET`, `POST`, ...
            url: the address, with nothing personal in it.
            headers: besides those of every call.
            content: the body.
            read_s: how long to wait for the answer.
            only_reads: the call changes nothing, or may be made twice.

        Raises:
            Unreachable: nothing was sent, or the call only reads.
            Unsure: it was sent, but no whole answer came.
        """
        import httpx2  # noqa: PLC0415 - `import elqkit` needs nothing installed

        timeouts = self.timeouts
        limit = httpx2.Timeout(read_s or timeouts.read_s, connect=timeouts.connect_s)
        try:
            with self._opened().stream(
                method, url, headers=headers, content=content, timeout=limit
            ) as response:
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        raise _lost("eloqua.answer-too-large", only_reads=only_reads)
                return Answer(response.status_code, dict(response.headers), bytes(body))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            raise Unreachable("eloqua.not-reached") from None
        except (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.InvalidURL):
            raise Unreachable("eloqua.not-sendable") from None
        except httpx2.TimeoutException:
            raise _lost("eloqua.no-answer-in-time", only_reads=only_reads) from None
        except httpx2.RequestError:
            raise _lost("eloqua.connection-lost", only_reads=only_reads) from None

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _opened(self) -> httpx2.Client:
        import httpx2  # noqa: PLC0415 - `import elqkit` needs nothing installed

        with self._lock:
            if self._client is None:
                self._client = httpx2.Client(
                    verify=ssl.create_default_context(),
                    follow_redirects=False,
                    trust_env=False,
                    headers={"User-Agent": USER_AGENT, "Accept": "application/json, */*;q=0.5"},
                    limits=httpx2.Limits(max_connections=None, keepalive_expiry=5.0),
                    transport=self._transport,
                )
            return self._client


def _lost(code: str, *, only_reads: bool) -> Unreachable | Unsure:
    return Unreachable(code) if only_reads else Unsure(code)
