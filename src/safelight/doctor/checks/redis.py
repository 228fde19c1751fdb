"""Checks of Redis, where there is one."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from safelight.doctor.model import Check, Finding, not_applicable, ok, short

if TYPE_CHECKING:
    from collections.abc import Callable

    from safelight.doctor.patient import Patient, RedisSeen

OLDEST = (6, 2)
KEEPS_ALL = "noeviction"


def of_redis(look: Callable[[RedisSeen], Finding]) -> Callable[[Patient], Finding]:
    """A check that needs an answer of Redis."""

    @wraps(look)
    def looked(patient: Patient) -> Finding:
        if patient.redis is None:
            return not_applicable("No REDIS_URL is set: all is in the server's memory.")
        if patient.redis.problem and look is not reachable:
            return not_applicable("Redis did not answer.")
        return look(patient.redis)

    return looked


def reachable(redis: RedisSeen) -> Finding:
    """Without it there are no sessions and no jobs."""
    if redis.problem:
        return short(f"Redis can't be reached: {redis.problem}.", "Start it, or mend REDIS_URL.")
    return ok("Redis answers.")


def version(redis: RedisSeen) -> Finding:
    """Old ones have known holes."""
    shown = ".".join(map(str, redis.version))
    if redis.version < OLDEST:
        return short(f"Redis is {shown}.", f"Use {'.'.join(map(str, OLDEST))} or newer.")
    return ok(f"Redis is {shown}.")


def persistence(redis: RedisSeen) -> Finding:
    """Nothing of a user's is written to a disk, sealed or not."""
    if redis.persistence:
        return short(
            f"Redis writes to a disk: {', '.join(redis.persistence)}.",
            'Switch it off: redis-server --save "" --appendonly no.',
        )
    return ok("Redis writes nothing to a disk.")


def password(redis: RedisSeen) -> Finding:
    """On a network, whoever reaches it could read and change all."""
    if redis.has_password:
        return ok("Redis asks for a password.")
    if redis.is_remote:
        return short(
            "Redis is on another machine and asks for no password.",
            "Set one (requirepass, or an ACL user), and put it into REDIS_URL_FILE.",
        )
    return not_applicable("Redis is on this machine.")


def encryption(redis: RedisSeen) -> Finding:
    """What lies in Redis is sealed; the password and the traffic are not."""
    if redis.is_encrypted:
        return ok("The connection to Redis is encrypted.")
    if redis.is_remote:
        return short(
            "Redis is on another machine, and the connection is not encrypted.",
            "Use rediss://, or a network between the two that encrypts.",
        )
    return not_applicable("Redis is on this machine.")


def eviction(redis: RedisSeen) -> Finding:
    """A ledger that Redis dropped would let a row be sent twice."""
    if redis.policy in {"", KEEPS_ALL}:
        return ok("Redis drops nothing by itself before its time.")
    return short(
        f"When its memory is full, Redis drops what it holds ({redis.policy}).",
        f"Set maxmemory-policy {KEEPS_ALL}.",
    )


CHECKS = (
    Check("redis.answers", "Redis answers", of_redis(reachable)),
    Check("redis.version", "Redis is not too old", of_redis(version)),
    Check("redis.disk", "Redis writes nothing to a disk", of_redis(persistence)),
    Check("redis.password", "Redis asks for a password", of_redis(password)),
    Check("redis.tls", "The way to Redis is encrypted", of_redis(encryption)),
    Check("redis.eviction", "Redis keeps what it was given", of_redis(eviction)),
)
