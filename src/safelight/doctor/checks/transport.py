"""Checks of what protects the data on its way, at the running server."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from safelight.doctor.model import Check, Finding, not_applicable, ok, short
from safelight.security.headers import OVER_TLS
from safelight.security.host_names import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.doctor.patient import Patient, Tls

SOON = timedelta(days=21)
SHORTEST_HSTS_S = 365 * 24 * 60 * 60
SLACK_S = 30
"""Seconds that clocks may differ."""


def answers(patient: Patient) -> Finding:
    """Without an answer nothing can be said of it."""
    server = patient.server
    if not server.problem:
        return ok(f"{server.url} answers.")
    return short(
        f"{server.url}: {server.problem}.",
        "Start it, or name its address: safelight doctor https://safelight.example.org",
    )


def encrypted(patient: Patient) -> Finding:
    """Anyone on the way could read passwords and files."""
    server = patient.server
    if server.is_secure:
        return ok("The connection is encrypted.")
    if server.url.startswith("unix:"):
        return not_applicable("It listens on a Unix socket: the proxy in front encrypts.")
    if is_loopback(urlsplit(server.url).hostname or ""):
        return not_applicable("The connection stays on this machine.")
    return short(
        "The connection is not encrypted.",
        "Serve with -c and -k, or put a proxy with TLS in front.",
    )


def over_tls(look: Callable[[Patient, Tls], Finding]) -> Callable[[Patient], Finding]:
    """A check that only a server with TLS needs."""

    @wraps(look)
    def looked(patient: Patient) -> Finding:
        tls = patient.server.tls
        return look(patient, tls) if tls else not_applicable("There is no TLS to look at.")

    return looked


@over_tls
def chain(patient: Patient, tls: Tls) -> Finding:
    """Browsers must trust the certificate, or people learn to ignore warnings."""
    if tls.distrust and is_loopback(urlsplit(patient.server.url).hostname or ""):
        return not_applicable("The connection stays on this machine.")
    if tls.distrust:
        return short(
            f"This machine does not trust the certificate: {tls.distrust}.",
            "Use one that a known authority signed, with its whole chain, for this name.",
        )
    return ok("The certificate is trusted.")


@over_tls
def expiry(patient: Patient, tls: Tls) -> Finding:
    """Renewal takes a while, and browsers let nobody in after it."""
    if tls.ends is None:
        return not_applicable("When the certificate ends could not be read.")
    left = tls.ends - patient.now
    said = f"The certificate ends on {tls.ends:%Y-%m-%d}."
    return ok(said) if left > SOON else short(said, "Renew it, and start the server again.")


@over_tls
def versions(patient: Patient, tls: Tls) -> Finding:
    """Versions before 1.2 can be broken (RFC 8996)."""
    del patient
    if tls.old:
        return short(
            f"Old versions are accepted: {', '.join(tls.old)}.", "Allow TLSv1.2 and TLSv1.3 alone."
        )
    if not tls.has_newest:
        return short("TLSv1.3 is not spoken.", "Allow it beside TLSv1.2.")
    return ok("TLSv1.2 and TLSv1.3 alone.")


@over_tls
def strength(patient: Patient, tls: Tls) -> Finding:
    """A short key or an old signature can be forged."""
    del patient
    if tls.is_strong:
        return ok(f"Its key is {tls.key}.")
    return short(
        f"Its key is {tls.key}, or its signature is of an old kind.",
        "Use EC of 256 or RSA of 2048 bits or more, signed with SHA-256 or better.",
    )


@over_tls
def hsts(patient: Patient, tls: Tls) -> Finding:
    """Browsers must not try without TLS again."""
    del tls
    page = patient.server.replies.get("page")
    sent = page.header("Strict-Transport-Security") if page else ""
    age = next((w[8:] for w in sent.replace(" ", "").split(";") if w.startswith("max-age=")), "")
    if age.isdigit() and int(age) >= SHORTEST_HSTS_S:
        return ok("Browsers are told to use TLS for a year or more.")
    name, value = OVER_TLS[0]
    return short("Browsers are not told to keep to TLS for a year.", f"Send {name}: {value}.")


@over_tls
def redirect(patient: Patient, tls: Tls) -> Finding:
    """Who types the name alone must get to TLS, on the same host."""
    del tls
    plain, server = patient.server.plain, patient.server
    if plain is None:
        return not_applicable("Nothing answers without TLS.")
    target = urlsplit(plain.header("Location"))
    same = target.hostname == urlsplit(server.url).hostname
    if 300 <= plain.status < 400 and target.scheme == "https" and same:  # noqa: PLR2004 - redirects
        return ok("Who comes without TLS is sent to it.")
    return short(
        f"Without TLS it answers {plain.status}, and does not lead to TLS on the same host.",
        "Redirect every address to https:// on the same host.",
    )


def clock(patient: Patient) -> Finding:
    """Sessions, tokens and certificates go by it."""
    if patient.server.problem:
        return not_applicable("The server did not answer.")
    off = patient.server.clock_off_s
    if abs(off) > SLACK_S:
        return short(
            f"The server's clock and this one's are {abs(off):.0f} seconds apart.",
            "Set both by NTP.",
        )
    return ok("It agrees with this one's.")


CHECKS = (
    Check("server.answers", "The server answers", answers),
    Check("tls.used", "What is sent is encrypted", encrypted),
    Check("tls.chain", "The certificate is trusted", chain),
    Check("tls.expiry", "The certificate is good for a while", expiry),
    Check("tls.versions", "Only TLS of today is spoken", versions),
    Check("tls.strength", "The certificate is strong", strength),
    Check("tls.hsts", "Browsers keep to TLS", hsts),
    Check("tls.redirect", "Plain http leads to https", redirect),
    Check("server.clock", "The clock is right", clock),
)
