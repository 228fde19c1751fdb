"""In whose name Content Credentials are signed: the subject of the signature's certificate.

Only the name is read (X.509: RFC 5280, section 4.1; in COSE: RFC 9360). Whether the signature is
valid, and whether anyone should trust the certificate, is not looked at.
"""

from __future__ import annotations

from collections import deque
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Content

_CHAIN = re.compile(rb"(?s)(?:gx5chain|\x18\x21)[\x80-\x9f]?\x59(..)(?=\x30\x82)")
"""The key of the chain, by its old name or as label 33; perhaps an array; a string of bytes."""
_SEQUENCE, _VERSION = 0x30, 0xA0
_ORGANISATION, _COMMON_NAME = b"\x55\x04\x0a", b"\x55\x04\x03"
"""2.5.4.10 and 2.5.4.3."""
_MOST_NAMES = 32
_LONG_FORM, _LONGEST_FORM = 0x80, 4
_IN_FRONT = 4
"""Fields of a certificate in front of its subject: number, algorithm, issuer, validity."""
_PAIR = 2


class _Field(NamedTuple):
    kind: int
    body: bytes


def signer_of(content: Content) -> str:
    """The organisation and the name of the last signer; empty where none can be read."""
    chain = deque(_CHAIN.finditer(content), maxlen=1)
    if not chain:
        return ""
    found = chain[0]
    length = int.from_bytes(found[1], "big")
    return _subject(bytes(content[found.end() : found.end() + length]))


def _subject(certificate: bytes) -> str:
    signed = next((each for each in _fields(certificate)), None)
    body = next((each for each in _fields(signed.body)), None) if signed is not None else None
    if body is None or body.kind != _SEQUENCE:
        return ""
    fields = [each for each in _fields(body.body) if each.kind != _VERSION]
    if len(fields) <= _IN_FRONT:
        return ""
    names: dict[bytes, str] = {}
    for part in list(_fields(fields[_IN_FRONT].body))[:_MOST_NAMES]:
        for pair in _fields(part.body):
            told = list(_fields(pair.body))
            if len(told) == _PAIR:
                names.setdefault(told[0].body, told[1].body.decode("utf-8", "replace"))
    found = [names[key] for key in (_ORGANISATION, _COMMON_NAME) if key in names]
    return ", ".join(dict.fromkeys(found))


def _fields(content: bytes) -> Iterator[_Field]:
    """The fields of DER behind each other (X.690); ends where they are no longer whole."""
    at = 0
    while at + 2 <= len(content):
        kind, length = content[at], content[at + 1]
        at += 2
        if length >= _LONG_FORM:
            count = length - _LONG_FORM
            if count > _LONGEST_FORM:
                return
            length = int.from_bytes(content[at : at + count], "big")
            at += count
        if at + length > len(content):
            return
        yield _Field(kind, content[at : at + length])
        at += length
