"""What MAPy says of a C2PA signature. The names are ours: no other reader has any."""

from __future__ import annotations

from mapy.tags.definition import Definition

SIGNATURE = {
    name: Definition(name, name)
    for name in (
        "SignatureAlgorithm",
        "SignatureSubject",
        "SignatureIssuer",
        "SignatureSerialNumber",
        "SignatureValidFrom",
        "SignatureValidTo",
        "SignatureTime",
        "SignatureTimeAuthority",
        "ValidationState",
    )
}
"""Of the signer's certificate, and of the time-stamp by a third party."""

ALGORITHMS = {
    -7: "ES256",
    -8: "EdDSA",
    -35: "ES384",
    -36: "ES512",
    -37: "PS256",
    -38: "PS384",
    -39: "PS512",
    -257: "RS256",
    -258: "RS384",
    -259: "RS512",
}
"""COSE's numbers of algorithms (RFC 9053; RFC 8812)."""

ATTRIBUTES = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "street",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "title",
    "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
    "1.2.840.113549.1.9.1": "emailAddress",
}
"""The parts of a name (RFC 4519); others go by their numbers."""
