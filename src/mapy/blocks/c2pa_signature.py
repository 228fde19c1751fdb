"""The signature of a C2PA manifest (C2PA 2.1, section 13.2): COSE_Sign1 (RFC 9052).

Says who signed and when, as the signer's certificate (RFC 5280) and the time-stamp (RFC 3161) have
it. Nothing is validated: neither the signature, nor the certificates, nor the time-stamp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mapy.blocks import der
from mapy.blocks.cbor import decode
from mapy.errors import OutOfBounds, Severity, Span
from mapy.model import Tag
from mapy.tags.c2pa_signature import ALGORITHMS, ATTRIBUTES, SIGNATURE
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.blocks.der import Element
    from mapy.buffer import ByteView
    from mapy.limits import Budget
    from mapy.reading import Reading
    from mapy.tags.definition import Value

GROUP: Final = "JUMBF"
_NOT_VALIDATED: Final = "not validated"
_ALGORITHM, _CHAIN = "1", ("33", "x5chain")
"""Labels of COSE headers, as `mapy.blocks.cbor` gives them."""
_TIME_STAMPS = ("sigTst2", "sigTst")
_PARTS: Final = 4
"""Of COSE_Sign1: protected headers, the others, the payload, the signature."""
_SIGNED_DATA, _TIME_STAMP_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
_MOST_NAME_PARTS: Final = 32
_VERSION = _AUTHORITY = der.context(0)
_DIRECTORY_NAME: Final = der.context(4)


class _Fact(NamedTuple):
    """What a tag says, and where it stands."""

    name: str
    value: Value
    span: Span


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a signature: what its headers, its first certificate and its time-stamp tell."""
    content = view.take(0, view.size)
    signed = decode(content, reading)
    if not isinstance(signed, list) or len(signed) != _PARTS:
        return
    headers = _headers(signed, reading)
    everywhere = view.span(0, view.size)
    facts = [_Fact("ValidationState", _NOT_VALIDATED, everywhere)]
    algorithm = headers.get(_ALGORITHM)
    if isinstance(algorithm, int):
        facts.append(_Fact("SignatureAlgorithm", ALGORITHMS.get(algorithm, algorithm), everywhere))
    for found, read in ((_certificate(headers), _signer), (_time_stamp(headers), _signed_at)):
        if found is None:
            continue
        start = view.start + _place(found, content)
        try:
            facts += read(der.first(found, start, reading.budget), reading.budget)
        except OutOfBounds:
            reading.problem(
                "c2pa.certificate",
                "A certificate or time-stamp of the signature cannot be read.",
                Span(start, len(found)),
                Severity.LOSS,
            )
    tags = [Tag(GROUP, SIGNATURE[name], PLAIN, 1, value, *span) for name, value, span in facts]
    reading.add(GROUP, tags, everywhere)


def _place(found: bytes, content: bytes) -> int:
    """Where what was copied from a content stands in it first."""
    at = content.find(found[:_BEGINNING])
    if not content.startswith(found, max(at, 0)):  # as hardly ever: to look for all of it is slow
        at = content.find(found)
    return max(at, 0)


_BEGINNING: Final = 64
"""Bytes of a certificate that hardly ever stand in front of it, too."""


def _headers(signed: list[Any], reading: Reading) -> dict[str, Any]:
    """The headers, those that the signature covers before the others."""
    covered = decode(signed[0], reading) if isinstance(signed[0], bytes) and signed[0] else None
    headers: dict[str, Any] = {}
    for each in (signed[1], covered):
        if isinstance(each, dict):
            headers |= each
    return headers


def _certificate(headers: dict[str, Any]) -> bytes | None:
    """The signer's certificate: the first of a chain, or the only one."""
    chain = next((headers[label] for label in _CHAIN if label in headers), None)
    first = chain[0] if isinstance(chain, list) and chain else chain
    return first if isinstance(first, bytes) else None


def _time_stamp(headers: dict[str, Any]) -> bytes | None:
    """The first time-stamp."""
    for label in _TIME_STAMPS:
        match headers.get(label):
            case {"tstTokens": [{"val": bytes(token)}, *_]}:
                return token
    return None


def _signer(certificate: Element, budget: Budget) -> Iterator[_Fact]:
    """What a certificate says (RFC 5280, section 4.1)."""
    serial, issuer, validity, subject = _certified(certificate, budget)
    start, end = der.parts(validity, budget, 2)[:2]
    yield _Fact("SignatureSubject", _name(subject, budget), subject.span)
    yield _Fact("SignatureIssuer", _name(issuer, budget), issuer.span)
    yield _Fact("SignatureSerialNumber", serial.content.hex(), serial.span)
    yield _Fact("SignatureValidFrom", der.moment(start), start.span)
    yield _Fact("SignatureValidTo", der.moment(end), end.span)


def _certified(certificate: Element, budget: Budget) -> tuple[Element, Element, Element, Element]:
    """A certificate's serial number, issuer, validity and subject."""
    content = der.parts(der.parts(certificate, budget, 1)[0], budget, 5)
    if content[0].tag == _VERSION:
        content = content[1:]
    serial, _, issuer, validity, subject, *_ = (*content, content[-1])
    return serial, issuer, validity, subject


def _signed_at(token: Element, budget: Budget) -> Iterator[_Fact]:
    """What a time-stamp says: a token, or the answer that a token came with (RFC 3161, 2.4.2)."""
    answer = der.parts(token, budget, 2)
    if answer[0].tag == der.SEQUENCE:  # a status, then the token
        token = answer[1]
    signed = der.inside(_held(token, _SIGNED_DATA, budget), budget)
    held = _held(der.parts(signed, budget, 3)[2], _TIME_STAMP_INFO, budget)
    octets = der.inside(held, budget, der.OCTETS)
    for part in der.parts(der.inside(octets, budget), budget):
        if part.tag == der.GENERALIZED_TIME:
            yield _Fact("SignatureTime", der.moment(part), part.span)
        elif part.tag == _AUTHORITY:
            named = der.inside(der.inside(part, budget, _DIRECTORY_NAME), budget)
            yield _Fact("SignatureTimeAuthority", _name(named, budget), named.span)


def _held(element: Element, kind: str, budget: Budget) -> Element:
    """What is held by content of a kind: `SEQUENCE { kind, [0] what }`.

    Raises:
        OutOfBounds: it is of another kind.
    """
    told, held = der.parts(element, budget, 2)[:2]
    if der.oid(told) != kind:
        raise OutOfBounds("c2pa.time-stamp", "A time-stamp is of another kind.")
    return held


def _name(element: Element, budget: Budget) -> str:
    """A distinguished name, its parts from the most general on: `C=US, O=Lamp, CN=Camera`."""
    named: list[str] = []
    for relative in der.parts(element, budget)[:_MOST_NAME_PARTS]:
        for attribute in der.parts(relative, budget)[:_MOST_NAME_PARTS]:
            kind, value = der.parts(attribute, budget, 2)[:2]
            number = der.oid(kind)
            named.append(f"{ATTRIBUTES.get(number, number)}={der.text(value)}")
    return ", ".join(named)
