"""HTTP that reads no more of a reply than was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import httpx2

if TYPE_CHECKING:
    from collections.abc import Iterator
    import ssl


class BoundedTransport(httpx2.HTTPTransport):
    """Calls over TLS; a reply beyond its bound is an error."""

    def __init__(self, tls: ssl.SSLContext, max_bytes: int) -> None:
        super().__init__(verify=tls, trust_env=False)
        self._max_bytes = max_bytes

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """As the base class's. Nothing packed is asked for: unpacked it could be of any size."""
        request.headers["Accept-Encoding"] = "identity"
        response = super().handle_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise httpx2.RemoteProtocolError("The reply is packed, though it must not be.")
        stream = cast("httpx2.SyncByteStream", response.stream)
        response.stream = _Bounded(stream, self._max_bytes)
        return response


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > self._max_bytes:
                raise httpx2.ReadError("The reply is longer than agreed.")
            yield piece

    def close(self) -> None:
        self._stream.close()
