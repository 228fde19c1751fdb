"""Who signed a C2PA manifest, and when: what the certificate and the time-stamp say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_box_builders import C2PA, CBOR, box, jp2, superbox
from mapy_der_builders import (
    COMMON_NAME,
    ES256,
    MAIL,
    ORGANISATION,
    answer,
    certificate,
    name,
    signature,
    time_stamp,
)

SUBJECT = name((ORGANISATION, "Lamp"), (COMMON_NAME, "Camera 7"), (MAIL, "a@lamp.example"))
ISSUER = name((ORGANISATION, "Lamp"), (COMMON_NAME, "Lamp's cameras"))
SIGNER = certificate(SUBJECT, ISSUER)
TOKEN = time_stamp(b"20240506070809.25Z", name((COMMON_NAME, "Clock")))
STAMPED = {"tstTokens": [{"val": TOKEN}]}
WHOLE = signature({1: ES256, 33: [SIGNER, b"its issuer's"]}, {"sigTst2": STAMPED})


def read(content: bytes) -> mapy.Metadata:
    """A picture whose manifest has this signature."""
    return mapy.read(jp2(superbox(C2PA, "c2pa", signature_box(content))))


def signature_box(content: bytes) -> bytes:
    """The box of a signature."""
    return superbox(CBOR, "c2pa.signature", box(b"cbor", content))


def told(metadata: mapy.Metadata) -> dict[str, object]:
    """What is said of the signature."""
    names = ("Signature", "ValidationState")
    return {tag.name: tag.machine for tag in metadata if tag.name.startswith(names)}


def test_tells_who_signed_and_when() -> None:
    """The signer's certificate, and the time-stamp of a third party."""
    assert told(read(WHOLE)) == {
        "ValidationState": "not validated",
        "SignatureAlgorithm": "ES256",
        "SignatureSubject": "O=Lamp, CN=Camera 7, emailAddress=a@lamp.example",
        "SignatureIssuer": "O=Lamp, CN=Lamp's cameras",
        "SignatureSerialNumber": "1234",
        "SignatureValidFrom": "2024:01:02 03:04:05+00:00",
        "SignatureValidTo": "2055:01:02 03:04:05+00:00",
        "SignatureTime": "2024:05:06 07:08:09.25+00:00",
        "SignatureTimeAuthority": "CN=Clock",
    }


def test_tells_where_it_stands() -> None:
    """The place of a name is its place in the file."""
    content = jp2(superbox(C2PA, "c2pa", signature_box(WHOLE)))
    tag = mapy.read(content)["JUMBF:SignatureSubject"]

    assert SUBJECT.endswith(content[tag.offset : tag.offset + tag.length])
    assert tag.length == len(SUBJECT) - 2


@pytest.mark.parametrize(
    "headers",
    [
        ({1: ES256, 33: SIGNER}, {}),
        ({1: ES256, "x5chain": [SIGNER]}, {}),
        ({1: ES256}, {"x5chain": [SIGNER]}),
        ({1: ES256}, {33: SIGNER}),
    ],
    ids=["one", "by name", "not covered", "not covered, one"],
)
def test_finds_the_certificate_in_either_header(
    headers: tuple[dict[object, object], dict[object, object]],
) -> None:
    """By its number or name, alone or as the first of a chain."""
    metadata = read(signature(*headers))

    assert metadata["JUMBF:SignatureSerialNumber"].machine == "1234"


def test_believes_the_header_that_the_signature_covers() -> None:
    """Anyone can change the other one."""
    forged = certificate(name((COMMON_NAME, "Someone else")), ISSUER)
    metadata = read(signature({33: [SIGNER]}, {33: [forged]}))

    assert metadata["JUMBF:SignatureSubject"].machine == (
        "O=Lamp, CN=Camera 7, emailAddress=a@lamp.example"
    )


def test_reads_the_token_in_an_answer() -> None:
    """C2PA's first version kept the whole answer of the authority."""
    metadata = read(signature({}, {"sigTst": {"tstTokens": [{"val": answer(TOKEN)}]}}))

    assert metadata["JUMBF:SignatureTime"].machine == "2024:05:06 07:08:09.25+00:00"


def test_counts_years_of_two_digits_as_certificates_do() -> None:
    """From 50 on they are of the last century (RFC 5280, section 4.1.2.5.1)."""
    old = certificate(SUBJECT, ISSUER, start=b"991231235959Z")
    metadata = read(signature({33: [old]}, {}))

    assert metadata["JUMBF:SignatureValidFrom"].machine == "1999:12:31 23:59:59+00:00"


@pytest.mark.parametrize(
    "broken",
    [
        certificate(SUBJECT, ISSUER, start=b"2401020304Z"),
        certificate(SUBJECT, ISSUER, start=b"240102030405+0100"),
        certificate(SUBJECT, b"\x1f\x81\0"),
        SIGNER[:40],
        b"\x30\x80\0\0",
        b"\x30\x89" + bytes(9),
        b"none",
        b"\x30\0",
    ],
)
def test_says_that_a_certificate_cannot_be_read(broken: bytes) -> None:
    """The rest of the manifest is read all the same."""
    metadata = read(signature({1: ES256, 33: [broken]}, {"sigTst": STAMPED}))

    assert [problem.code for problem in metadata.problems] == ["c2pa.certificate"]
    assert metadata["JUMBF:ValidationState"].machine == "not validated"
    assert metadata["JUMBF:SignatureTime"].machine == "2024:05:06 07:08:09.25+00:00"


@pytest.mark.parametrize("content", [b"\x01", b"\xf6", b"\x84\1\2\3\4", b"\x80", b"\xff"])
def test_says_nothing_of_what_is_no_signature(content: bytes) -> None:
    """Values of CBOR of another shape."""
    assert "SignatureSubject" not in told(read(content))


def test_bounds_the_elements_of_a_certificate() -> None:
    """Empty elements are two bytes each, and could be millions."""
    many = b"\x30\x83" + (400_000).to_bytes(3, "big") + b"\5\0" * 200_000
    metadata = read(signature({33: [many]}, {}))

    assert "limit.nodes" in [problem.code for problem in metadata.problems]


@given(at=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
def test_survives_any_byte(at: int, byte: int) -> None:
    """Changed anywhere, a signature gives what is left, or a problem."""
    content = bytearray(WHOLE)
    content[at] = byte

    assert read(bytes(content))["JUMBF:JUMDLabel"].machine == "c2pa"


def test_survives_every_truncation() -> None:
    """Cut at each byte, too."""
    for length in range(len(WHOLE)):
        assert read(WHOLE[:length])["JUMBF:JUMDLabel"].machine == "c2pa"
