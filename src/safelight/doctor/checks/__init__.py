"""The checks: a small function each, in tables by what they look at. None asks anything itself."""

from safelight.doctor.checks import accounts, machine, redis, replies, settings, transport

CHECKS = (
    *settings.CHECKS,
    *accounts.CHECKS,
    *transport.CHECKS,
    *replies.CHECKS,
    *redis.CHECKS,
    *machine.CHECKS,
)
"""The checklist, in the order of its report."""
