"""Certificates of X.509 made of bytes, as far as their subject (RFC 5280, section 4.1)."""

from __future__ import annotations


def der(kind: int, *bodies: bytes) -> bytes:
    """A field of DER, with a long length where it is needed, and for certificates always."""
    body = b"".join(bodies)
    if kind != 0x30 and len(body) < 0x80:
        return bytes([kind, len(body)]) + body
    return bytes([kind, 0x82]) + len(body).to_bytes(2, "big") + body


def name(**parts: str) -> bytes:
    """A distinguished name: country, organisation, common name."""
    oids = {"c": b"\x55\x04\x06", "o": b"\x55\x04\x0a", "cn": b"\x55\x04\x03"}
    pairs = [(oids[key], text.encode()) for key, text in parts.items()]
    return der(
        0x30, *(der(0x31, der(0x30, der(0x06, oid), der(0x0C, text))) for oid, text in pairs)
    )


def certificate(issuer: bytes, subject: bytes, *, version: bool = True) -> bytes:
    """A certificate: number, algorithm, issuer, validity, subject; a signature of zeros."""
    fields = der(0x02, b"\1"), der(0x30), issuer, der(0x30), subject
    first = (der(0xA0, der(0x02, b"\2")),) if version else ()
    signature = der(0x03, bytes(257))
    return der(0x30, der(0x30, *first, *fields), signature)
