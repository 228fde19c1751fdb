"""The client of Eloqua's Application API: forms, what was sent to them, and what became of it.

Calls that only read are made again after a pause when Eloqua is busy; a call that sends is made
once.
"""

from __future__ import annotations

import json
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from elqkit.eloqua.answers import error_of, is_success
from elqkit.eloqua.credentials import from_environment
from elqkit.eloqua.hosts import Hosts
from elqkit.eloqua.models import Form, Submission
from elqkit.eloqua.pacing import LONGEST_PAUSE_S, Pace
from elqkit.eloqua.session import LOGIN, Session
from elqkit.eloqua.shapes import number, objects, text
from elqkit.eloqua.wire import Wire
from elqkit.errors import Throttled, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from elqkit.eloqua.credentials import Credentials
    from elqkit.eloqua.models import Site
    from elqkit.eloqua.wire import Answer

REST = "/API/REST/2.0"
OPTION_LISTS = "/API/REST/1.0/assets/optionList"
"""Oracle documents version 1.0 alone for these."""
PAGE_SIZE = 500
MAX_PAGES = 10_000
TRIES = 4
"""How often a call that only reads is made, the first included."""


class Eloqua:
    """An Eloqua site, signed in at the first call. Threads may share one.

    Args:
        credentials: `Basic` or `OAuth`; those of the environment if there are none.
        hosts: what may be called besides Eloqua's own hosts.
        login: where to sign in: `https://login.eloqua.com`, or the mock's address.
        pace: how fast; shared by all that calls through this client.
        wire: the connections; its own if there are none.
        cancelled: set, it ends every wait between calls.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        hosts: Hosts | None = None,
        login: str = LOGIN,
        pace: Pace | None = None,
        wire: Wire | None = None,
        cancelled: Event | None = None,
    ) -> None:
        self.hosts = hosts or Hosts()
        self.wire = wire or Wire()
        self.pace = pace or Pace()
        self.cancelled = cancelled or Event()
        self._session = Session(self.wire, self.hosts, credentials or from_environment(), login)

    @property
    def site(self) -> Site:
        """Whose Eloqua it is; asked for once, and again when the instance has moved.

        Raises:
            NotSignedIn: the credentials are not taken.
        """
        return self._session.site

    def forms(self, search: str = "", *, depth: str = "") -> Iterator[Form]:
        """The forms, without fields and steps, page by page.

        Args:
            search: Eloqua's grammar: `name='*Newsletter*'`. No one's values belong in it: it stands
                in the address.
            depth: `minimal`, `partial` or `complete`; Eloqua's own choice if there is none.
        """
        parameters = {
            name: value for name, value in (("search", search), ("depth", depth)) if value
        }
        for item in self.pages(f"{REST}/assets/forms", parameters):
            yield Form.of(item)

    def form(self, form_id: str) -> Form:
        """A form with its fields, rules and processing steps.

        Raises:
            Refused: there is none, or the user may not see it.
        """
        return Form.of(self.get(f"{REST}/assets/form/{quote(form_id, safe='')}?depth=complete"))

    def options(self, list_id: str) -> tuple[str, ...]:
        """The values of an option list, in its order.

        Raises:
            Refused: there is none, or the user may not see it.
        """
        body = self.get(f"{OPTION_LISTS}/{quote(list_id, safe='')}?depth=complete")
        items = objects(body, "elements")
        return tuple(dict.fromkeys(value for each in items if (value := text(each, "value"))))

    def submissions(self, form_id: str, *, since: int | None = None) -> Iterator[Submission]:
        """What the form has stored; a reader needs the permission to see submissions.

        Args:
            form_id: the form's id.
            since: seconds since 1970.
        """
        parameters = {} if since is None else {"startAt": str(since)}
        for item in self.pages(f"{REST}/data/form/{quote(form_id, safe='')}", parameters):
            yield Submission.of(item)

    def spam(self, form_id: str, *, since: int | None = None) -> Iterator[Submission]:
        """What was taken for spam, although it was answered like a success.

        Raises:
            Refused: Eloqua has not switched this list on for the site.
        """
        parameters = {} if since is None else {"startAt": str(since)}
        path = f"{REST}/data/form/{quote(form_id, safe='')}/formSpamData"
        for item in self.pages(path, parameters):
            yield Submission.of(item)

    def delete_submission(self, form_id: str, row_id: str) -> None:
        """Take a stored submission back. What its processing steps have done stays.

        Raises:
            Refused: Eloqua does not allow it. One that is gone already is no error.
        """
        path = f"{REST}/data/form/{quote(form_id, safe='')}/datarow/{quote(row_id, safe='')}"
        answer = self._tried("DELETE", path)
        if not is_success(answer) and answer.status not in (404, 410):
            raise error_of(answer, only_reads=True)

    def get(self, path: str) -> dict[str, Any]:
        """The object at a path below the site's base.

        Raises:
            EloquaError: as the answer says.
        """
        answer = self._tried("GET", path)
        if not is_success(answer):
            raise error_of(answer, only_reads=True)
        body = answer.json
        if isinstance(body, dict):
            return body
        if answer.body.strip():
            raise Unreachable("eloqua.not-understood", status=answer.status)
        return {}  # 204: nothing there

    def pages(self, path: str, parameters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Every element of a list, over all its pages; an empty answer is an empty list."""
        seen = 0
        for page in range(1, MAX_PAGES + 1):
            query = urlencode({**parameters, "count": PAGE_SIZE, "page": page}, quote_via=quote)
            body = self.get(f"{path}?{query}")
            items = objects(body, "elements")
            yield from items
            seen += len(items)
            total = number(body, "total")
            if not items or (len(items) < PAGE_SIZE if total is None else seen >= total):
                return
        raise Unreachable("eloqua.no-end")

    def send(self, path: str, body: object) -> Answer:
        """Send an object once, whatever happens.

        Raises:
            Throttled: too fast: nothing was done.
            Unreachable: not connected, or the wait was cancelled: nothing was sent.
            Unsure: no answer tells whether it was done.
            EloquaError: any other refusal.
        """
        if not self.pace.wait(self.cancelled):
            raise Unreachable("eloqua.cancelled")
        content = json.dumps(body, ensure_ascii=False).encode()
        answer = self._session.call("POST", path, content, only_reads=False)
        if not is_success(answer):
            error = error_of(answer, only_reads=False)
            if isinstance(error, Throttled):
                self.pace.throttled(error.retry_after_s)
            raise error
        self.pace.succeeded()
        return answer

    def close(self) -> None:
        """Close the connections."""
        self.wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "Eloqua(...)"

    def _tried(self, method: str, path: str) -> Answer:
        """The answer of a call that may be made twice; a busy Eloqua is asked again.

        Raises:
            Throttled: it stays busy.
            Unreachable: it fails each time.
        """
        tries_left = TRIES
        while True:
            if not self.pace.wait(self.cancelled):
                raise Unreachable("eloqua.cancelled")
            try:
                return self._answered(method, path)
            except (Throttled, Unreachable) as error:
                tries_left -= 1
                wanted_s = error.retry_after_s if isinstance(error, Throttled) else None
                self.pace.throttled(wanted_s)
                if not tries_left or (wanted_s or 0) > LONGEST_PAUSE_S:
                    raise

    def _answered(self, method: str, path: str) -> Answer:
        """The answer of a call, a refusal among them.

        Raises:
            Throttled: too fast.
            Unreachable: no answer, or a fault of the server.
        """
        answer = self._session.call(method, path)
        if not is_success(answer):
            error = error_of(answer, only_reads=True)
            if isinstance(error, (Throttled, Unreachable)):
                raise error
        self.pace.succeeded()
        return answer
