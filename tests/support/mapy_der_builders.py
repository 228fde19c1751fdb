"""Certificates and time-stamps, as DER has them; and the signature of C2PA that carries them."""

from __future__ import annotations

from mapy_box_builders import cbor, tagged

COMMON_NAME, ORGANISATION, MAIL = b"\x55\4\3", b"\x55\4\x0a", b"\x2a\x86\x48\x86\xf7\x0d\1\x09\1"
SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\1\7\2"
TIME_STAMP_INFO = b"\x2a\x86\x48\x86\xf7\x0d\1\x09\x10\1\4"
ES256 = -7
SEQUENCE, SET = 0x30, 0x31


def der(tag: int, *content: bytes) -> bytes:
    """An element: tag, length, content."""
    body = b"".join(content)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def name(*parts: tuple[bytes, str]) -> bytes:
    """A distinguished name: of each part its kind, its value."""
    return der(
        SEQUENCE,
        *(
            der(SET, der(SEQUENCE, der(6, kind), der(0x0C, value.encode())))
            for kind, value in parts
        ),
    )


def certificate(
    subject: bytes,
    issuer: bytes,
    *,
    start: bytes = b"240102030405Z",
    end: bytes = b"20550102030405Z",
) -> bytes:
    """A certificate (RFC 5280) with no key and no signature."""
    algorithm = der(SEQUENCE, der(6, b"\x2a\3"))
    validity = der(SEQUENCE, der(0x17, start), der(0x18, end))
    serial = der(2, b"\x12\x34")
    told = der(SEQUENCE, der(0xA0, der(2, b"\2")), serial, algorithm, issuer, validity, subject)
    return der(SEQUENCE, told, algorithm, der(3, b"\0"))


def time_stamp(moment: bytes, authority: bytes = b"") -> bytes:
    """A time-stamp's token (RFC 3161)."""
    named = der(0xA0, der(0xA4, authority)) if authority else b""
    digest = der(SEQUENCE, der(4, b"digest"))
    told = der(
        SEQUENCE, der(2, b"\1"), der(6, b"\x2a\4"), digest, der(2, b"\7"), der(0x18, moment), named
    )
    held = der(SEQUENCE, der(6, TIME_STAMP_INFO), der(0xA0, der(4, told)))
    signed = der(SEQUENCE, der(2, b"\3"), der(SET), held, der(SET))
    return der(SEQUENCE, der(6, SIGNED_DATA), der(0xA0, signed))


def answer(token: bytes) -> bytes:
    """What a time-stamp authority answers: its status, and the token."""
    return der(SEQUENCE, der(SEQUENCE, der(2, b"\0")), token)


def signature(protected: dict[object, object], unprotected: dict[object, object]) -> bytes:
    """COSE_Sign1: its headers, no payload, and the signature itself."""
    return bytes(tagged(18, [cbor(protected), unprotected, None, b"signature"]))
