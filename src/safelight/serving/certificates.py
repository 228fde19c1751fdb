"""TLS certificates: one of our own for a trial, or the operator's."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
import os
from pathlib import Path
import ssl
import tempfile
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = 30
NAMES = ("localhost",)
ADDRESSES = ("127.0.0.1", "::1")


class BadCertificate(Exception):  # noqa: N818 - reads as what it is
    """A certificate that can't be used, with what to do about it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate chain and its key, as PEM."""

    chain: bytes
    key: bytes

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, as browsers show it."""
        digest = x509.load_pem_x509_certificate(self.chain).fingerprint(hashes.SHA256())
        return digest.hex(":").upper()

    @property
    def ends(self) -> datetime:
        """When the certificate is valid no longer."""
        return x509.load_pem_x509_certificate(self.chain).not_valid_after_utc


def self_signed(now: datetime | None = None) -> Certificate:
    """A certificate for this machine, signed by nobody else. Its key never leaves this process."""
    now = now or datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Safelight on this machine")])
    names = [x509.DNSName(name) for name in NAMES]
    addresses = [x509.IPAddress(ip_address(address)) for address in ADDRESSES]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # clocks differ
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([*names, *addresses]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Certificate(
        certificate.public_bytes(Encoding.PEM),
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def from_files(chain: Path, key: Path) -> Certificate:
    """The operator's certificate.

    Raises:
        BadCertificate: a file can't be read or is no PEM, or the two don't belong together.
    """
    certificate = Certificate(_read(chain, "certificate"), _read(key, "key"))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, password="")
    except ssl.SSLError as error:
        reason = "do not belong together" if "MISMATCH" in str(error.reason) else "can't be used"
        raise BadCertificate(
            f"The certificate {chain} and the key {key} {reason}."
            " Both must be PEM files, the key without a password."
        ) from error
    return certificate


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it can't be opened"
        raise BadCertificate(f"The {what} {path} can't be read: {reason}.") from error


@contextmanager
def as_paths(certificate: Certificate) -> Iterator[tuple[str, str]]:
    """Paths under which the server can read a certificate and its key, for the time of the block.

    On Linux they name memory, so the key is on no disk. Elsewhere they are files that only this
    user can read, removed when the block ends.
    """
    with ExitStack() as stack:
        make = _in_memory if hasattr(os, "memfd_create") else _in_folder
        yield make(certificate, stack)


def _in_memory(certificate: Certificate, stack: ExitStack) -> tuple[str, str]:
    paths = []
    for content in (certificate.chain, certificate.key):
        number = os.memfd_create("certificate", os.MFD_CLOEXEC)
        stack.callback(os.close, number)
        os.write(number, content)
        paths.append(f"/proc/self/fd/{number}")
    return paths[0], paths[1]


def _in_folder(certificate: Certificate, stack: ExitStack) -> tuple[str, str]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))  # mode 0700
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.chain)
    key.touch(mode=0o600)
    key.write_bytes(certificate.key)
    return str(chain), str(key)
