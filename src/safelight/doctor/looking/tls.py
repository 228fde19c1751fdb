"""How a server speaks TLS: its certificate as this machine sees it, and the versions it takes."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from safelight.doctor.patient import Tls

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
SHOWN = {ssl.TLSVersion.TLSv1: "TLSv1.0", ssl.TLSVersion.TLSv1_1: "TLSv1.1"}
ANY_CIPHER = "ALL:@SECLEVEL=0"
"""OpenSSL offers old versions only with this."""
SMALLEST_RSA, SMALLEST_EC = 2048, 256
WEAK_HASHES = (hashes.MD5, hashes.SHA1)


def look_at_tls(name: str, port: int, longest_s: float) -> Tls:
    """What can be seen of a server's TLS from here."""

    def handshake(context: ssl.SSLContext) -> bytes:
        with (
            socket.create_connection((name, port), longest_s) as connection,
            context.wrap_socket(connection, server_hostname=name) as secured,
        ):
            return secured.getpeercert(binary_form=True) or b""

    certificate = x509.load_der_x509_certificate(handshake(_of_any(ssl.TLSVersion.TLSv1_2)))
    key, is_strong = _strength(certificate)
    return Tls(
        distrust=_distrust(handshake),
        ends=certificate.not_valid_after_utc,
        key=key,
        is_strong=is_strong,
        old=tuple(SHOWN[version] for version in OLD if _takes(handshake, version, version)),
        has_newest=_takes(handshake, ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_3),
    )


def _of_any(lowest: ssl.TLSVersion, highest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    """TLS with anyone, of certain versions."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions: that is the question
        context.minimum_version = lowest
        if highest is not None:
            context.maximum_version = highest
    if lowest in OLD:
        context.set_ciphers(ANY_CIPHER)
    return context


def _takes(
    handshake: Callable[[ssl.SSLContext], bytes], lowest: ssl.TLSVersion, highest: ssl.TLSVersion
) -> bool:
    try:
        handshake(_of_any(lowest, highest))
    except (OSError, ssl.SSLError):
        return False
    return True


def _distrust(handshake: Callable[[ssl.SSLContext], bytes]) -> str:
    """Why this machine's own authorities don't vouch for it; empty if they do."""
    try:
        handshake(ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        return error.verify_message.rstrip(".")
    except ssl.SSLError:
        return "the connection could not be made"
    return ""


def _strength(certificate: x509.Certificate) -> tuple[str, bool]:
    """The key in words, and whether it and the signature are of today."""
    key = certificate.public_key()
    is_signed_well = not isinstance(certificate.signature_hash_algorithm, WEAK_HASHES)
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}", is_signed_well and key.key_size >= SMALLEST_RSA
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.key_size}", is_signed_well and key.key_size >= SMALLEST_EC
    return "Ed25519", isinstance(key, ed25519.Ed25519PublicKey)
