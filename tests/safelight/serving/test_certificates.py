"""Certificates: our own in memory, the operator's from files, and what can be wrong with those."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
import os
import ssl
from typing import TYPE_CHECKING

from cryptography import x509
import pytest

from safelight.serving.certificates import BadCertificate, as_paths, from_files, self_signed

if TYPE_CHECKING:
    from pathlib import Path


def test_our_own_names_this_machine_for_thirty_days() -> None:
    """localhost, 127.0.0.1 and ::1; a browser checks them against the address."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = x509.load_pem_x509_certificate(self_signed(now).chain)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert names.get_values_for_type(x509.IPAddress) == [ip_address("127.0.0.1"), ip_address("::1")]
    assert certificate.not_valid_after_utc == now + timedelta(days=30)
    assert certificate.not_valid_before_utc < now


def test_each_has_a_key_of_its_own() -> None:
    """And a fingerprint to compare with what the browser shows."""
    one, two = self_signed(), self_signed()
    assert one.key != two.key
    assert len(one.fingerprint) == 32 * 3 - 1
    assert one.fingerprint != two.fingerprint


@pytest.mark.parametrize("in_memory", [True, False])
def test_it_can_be_read_by_path_for_a_while(
    in_memory: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From memory where the system can, else from files that are gone afterwards."""
    if not in_memory:
        monkeypatch.delattr(os, "memfd_create")
    with as_paths(self_signed()) as (chain, key):
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key)
        assert chain.startswith("/proc/self/fd/") is in_memory
    with pytest.raises(OSError, match=r"No such file"):
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key)


def test_the_operators_files_are_used(tmp_path: Path) -> None:
    """As they are."""
    made = self_signed()
    (tmp_path / "c.pem").write_bytes(made.chain)
    (tmp_path / "k.pem").write_bytes(made.key)
    assert from_files(tmp_path / "c.pem", tmp_path / "k.pem") == made


@pytest.mark.parametrize(
    ("chain", "key", "words"),
    [
        (self_signed().chain, self_signed().key, "do not belong together"),
        (b"nothing", self_signed().key, "can't be used"),
        (self_signed().chain, b"nothing", "can't be used"),
        (None, b"", "can't be read"),
        (self_signed().chain, None, "can't be read"),
    ],
    ids=["mismatched", "no certificate", "no key", "missing certificate", "missing key"],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, chain: bytes | None, key: bytes | None, words: str
) -> None:
    """In a sentence, not a trace."""
    for name, content in (("c.pem", chain), ("k.pem", key)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
    with pytest.raises(BadCertificate, match=words):
        from_files(tmp_path / "c.pem", tmp_path / "k.pem")
