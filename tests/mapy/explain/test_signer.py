"""In whose name Content Credentials are signed."""

from __future__ import annotations

import pytest

from mapy.explain.signer import signer_of
from mapy_box_builders import cbor
from mapy_certificate_builders import certificate, name

CERTIFICATE = certificate(name(o="Authority"), name(c="JP", o="Lamp Corporation", cn="Lamp Signer"))


@pytest.mark.parametrize(
    "header",
    [cbor({"x5chain": [CERTIFICATE, b"other"]}), cbor({"x5chain": CERTIFICATE})],
    ids=["chain", "alone"],
)
def test_reads_the_name_of_the_subject(header: bytes) -> None:
    """Not that of the authority which issued it."""
    assert signer_of(b"before" + header + b"after") == "Lamp Corporation, Lamp Signer"


def test_reads_the_key_by_its_number() -> None:
    """Label 33 of COSE, which newer manifests use."""
    header = b"\xa1\x18\x21" + cbor(CERTIFICATE)
    assert signer_of(header) == "Lamp Corporation, Lamp Signer"


def test_the_last_signer_counts() -> None:
    """The active manifest is the last one of a file."""
    other = certificate(name(), name(cn="Second"), version=False)
    assert signer_of(cbor({"x5chain": CERTIFICATE}) + cbor({"x5chain": other})) == "Second"


def test_a_certificate_that_is_cut_or_changed_has_no_name() -> None:
    """And never fails."""
    header = cbor({"x5chain": CERTIFICATE})
    for cut in range(len(header)):
        assert signer_of(header[:cut]) == ""
    for at in range(len(header)):
        signer_of(header[:at] + bytes([header[at] ^ 0xFF]) + header[at + 1 :])
