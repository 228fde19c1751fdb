"""Who is signed in where: the sessions of each user, so that they can be seen and ended.

A session tells who signed in; this list says whether that still holds. What is struck off it is
signed out at once, in every process, whatever the session itself still holds.
"""

from __future__ import annotations

from dataclasses import dataclass
import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from safelight.api import SettingValue
    from safelight.state.interface import State

MAX_VISITS = 50
"""Of one user at a time; the oldest ends when one more begins."""
SEEN_STEP_S = 30
"""How exactly it is kept when a session was last used: a busy page need not write each time."""


class Visit(NamedTuple):
    """One session of a user. Times are seconds since the epoch."""

    id: str
    """Names it in lists and forms. It opens nothing."""
    began: float
    seen: float
    """When its last request came, to within half a minute."""


@dataclass(frozen=True, slots=True)
class Lives:
    """How long a session lives, in seconds."""

    idle_s: float
    """Without a request."""
    absolute_s: float
    """From the sign-in, however busy."""

    @classmethod
    def of(cls, values: Mapping[str, SettingValue]) -> Lives:
        """As the workbench's settings say."""
        return cls(
            60 * int(values["session_idle_minutes"] or 0), 3600 * int(values["session_hours"] or 0)
        )

    def is_over(self, visit: Visit, now: float) -> bool:
        """Whether a visit has ended by itself."""
        idle_s = self.idle_s + SEEN_STEP_S
        return now > visit.seen + idle_s or now > visit.began + self.absolute_s


class Presence:
    """The visits of the users of one workbench."""

    def __init__(
        self, state: State, secret: bytes, lives: Lives, clock: Callable[[], float]
    ) -> None:
        self._state = state
        self._secret = secret
        self._lives = lives
        self._clock = clock

    def begin(self, user: str) -> str:
        """Note that a user signed in: the visit's id."""
        now = self._clock()
        new = Visit(secrets.token_urlsafe(16), now, now)
        self._change(user, lambda visits: [*visits, new][-MAX_VISITS:])
        return new.id

    def goes_on(self, user: str, id_: str, arrived: float | None = None) -> bool:
        """Whether a visit was not ended, for a request that arrived at a time; it was seen then.

        An upload may take longer than an idle session lives.
        """
        now = self._clock() if arrived is None else arrived
        found = next((each for each in self._read(user) if each.id == id_), None)
        if found is None or self._lives.is_over(found, now):
            return False
        if now >= found.seen + SEEN_STEP_S:
            seen = found._replace(seen=now)
            self._change(user, lambda visits: [seen if v.id == id_ else v for v in visits])
        return True

    def visits(self, user: str) -> list[Visit]:
        """The user's sessions, the newest first."""
        now = self._clock()
        return [each for each in self._read(user) if not self._lives.is_over(each, now)][::-1]

    def how_many(self, users: Iterable[str]) -> list[int]:
        """The number of sessions of each of some users, looked up at once."""
        now = self._clock()
        found = map(_visits, self._state.read_all([self._key(user) for user in users]))
        return [sum(not self._lives.is_over(each, now) for each in visits) for visits in found]

    def end(self, user: str, id_: str) -> None:
        """Sign one session of a user out."""
        self._change(user, lambda visits: [each for each in visits if each.id != id_])

    def end_all(self, user: str) -> None:
        """Sign all sessions of a user out."""
        self._state.delete(self._key(user))

    def _read(self, user: str) -> list[Visit]:
        return _visits(self._state.read(self._key(user)))

    def _change(self, user: str, how: Callable[[list[Visit]], list[Visit]]) -> None:
        """Write a user's visits anew, from what they are at this moment.

        So nothing that is under way brings back what was ended meanwhile.
        """
        now = self._clock()

        def changed(value: bytes | None) -> bytes | None:
            lasting = [each for each in _visits(value) if not self._lives.is_over(each, now)]
            visits = how(lasting)
            return json.dumps(visits).encode() if value or visits else None

        self._state.update(self._key(user), changed, self._lives.absolute_s)

    def _key(self, user: str) -> str:
        """A name for the state that tells nobody whose it is."""
        return f"visits:{hmac.digest(self._secret, user.encode(), hashlib.sha256).hex()}"


def _visits(value: bytes | None) -> list[Visit]:
    return [] if value is None else [Visit(*each) for each in json.loads(value)]
