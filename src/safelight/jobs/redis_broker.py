"""The queue of many processes, in Redis.

Dramatiq's own settings would leave a dead worker's jobs alone for minutes: a worker is dead after a
minute without a sign, and one command in a thousand looks for them. Here it is dead after
`HEARTBEAT_MS`, and one command in ten looks, of which an idle worker sends several a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import TimeLimit

from safelight.state.redis_connection import PREFIX, told

if TYPE_CHECKING:
    from dramatiq import Message
    from redis import Redis

HEARTBEAT_MS = 15_000
LOOK_CHANCE = 100_000
"""Of a million commands, how many look for dead workers."""
DEAD_LETTER_MS = 24 * 3600 * 1000
NAMESPACE = f"{PREFIX}queue"


class SharedBroker(RedisBroker):
    """Dramatiq's broker, whose failures are told as those of all that is shared."""

    def __init__(self, client: Redis) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            client=client,
            middleware=[TimeLimit()],
            namespace=NAMESPACE,
            heartbeat_timeout=HEARTBEAT_MS,
            maintenance_chance=LOOK_CHANCE,
            dead_message_ttl=DEAD_LETTER_MS,
        )

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """As the base class's."""
        with told():
            return super().enqueue(message, delay=delay)

    def waiting(self, queue: str) -> int:
        """How many messages wait in a queue."""
        with told():
            return cast("int", self.client.llen(f"{NAMESPACE}:{queue}"))
