"""The public endpoint `/e/f2`: what a browser sends when a visitor fills in a form.

It answers errors with 200, too, so that status *and* body are judged: an empty body is a success, a
redirect is one, a page is a refusal if it shows an error, and otherwise nobody knows. What Eloqua
takes for spam it answers like a success: after a run, look at `Eloqua.spam`.
"""

from __future__ import annotations

from html import unescape
from http import HTTPStatus
import re
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from elqkit.eloqua.answers import CODES, error_of
from elqkit.eloqua.hosts import API_HOST
from elqkit.eloqua.receipts import Outcome, Receipt
from elqkit.errors import Throttled, Unreachable, Unsure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from elqkit.eloqua.hosts import Hosts
    from elqkit.eloqua.pacing import Pace
    from elqkit.eloqua.wire import Answer, Wire

OWN_NAMES = frozenset(
    name.lower()
    for name in (
        "elqFormName",
        "elqSiteID",
        "elqCampaignId",
        "elqCookieWrite",
        "elqFormSubmissionToken",
    )
)
"""What the client fills in; a column of that name is refused before anything is sent."""
ERROR_WORDS = re.compile(
    r"\b(error|errors|invalid|not valid|is required|failed|not found|incorrect|unable|problem)\b",
    re.IGNORECASE,
)
TAG = re.compile(
    r"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<[^<>]*>?", re.DOTALL | re.IGNORECASE
)
"""What is not shown of a page. Each alternative goes on to an end, so that the time is linear."""
JUDGED_CHARS = 200_000
TOKEN_WAIT_S = 5.0
"""The longest time that Eloqua lets a form ask for between loading and sending: 1 to 5 s."""
MAX_TOKEN_CHARS = 4_096


class PublicForm:
    """One form, reached as a browser does.

    Args:
        url: `Site.form_url`, or the address with `/e/f2` that an administrator names.
        site_id: digits.
        html_name: the form's, not the one that people see.
        wire: the connections.
        hosts: what may be called.
        pace: how fast.
        is_protected: the form's spam protection is on: each row needs a token, and a wait.
        token_wait_s: how long to wait with a token in hand.
        origin: for sites that take forms from listed pages alone: the page's address.
        messages: the form's validation messages; shown, they prove a refusal.
        failure_pages: addresses that a refused row is led to.
        cancelled: set, it ends every wait.
    """

    def __init__(
        self,
        url: str,
        site_id: str,
        html_name: str,
        *,
        wire: Wire,
        hosts: Hosts,
        pace: Pace,
        is_protected: bool = False,
        token_wait_s: float = TOKEN_WAIT_S,
        origin: str = "",
        messages: Iterable[str] = (),
        failure_pages: Collection[str] = (),
        cancelled: Event | None = None,
    ) -> None:
        hosts.check_form(url)
        self._url, self._site_id, self._html_name = url, site_id, html_name
        self._wire, self._pace = wire, pace
        self._is_protected, self._token_wait_s = is_protected, token_wait_s
        self._origin = origin
        self._messages = tuple(message for message in messages if message.strip())
        self._failure_pages = frozenset(_page(each) for each in failure_pages)
        self._cancelled = cancelled or Event()

    def submit(self, values: Iterable[tuple[str, str]]) -> Receipt:
        """Send one row, once.

        Args:
            values: pairs of a field's HTML name and a value; a name may come more than once. Values
            go
                out exactly as they are, in the body alone.

        Raises:
            Throttled: Eloqua asks for a pause; the row was not taken.
            Unreachable: nothing was sent.
            ValueError: a name is one that the client fills in.
        """
        pairs = list(values)
        if any(name.lower() in OWN_NAMES for name, _ in pairs):
            raise ValueError("A field's name is one of Eloqua's own.")
        if self._is_protected:
            pairs.append(("elqFormSubmissionToken", self._token()))
        own = [
            ("elqFormName", self._html_name),
            ("elqSiteID", self._site_id),
            ("elqCampaignId", ""),
            ("elqCookieWrite", "0"),
        ]
        self._wait_turn()
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        if self._origin:
            parts = urlsplit(self._origin)
            headers |= {"Referer": self._origin, "Origin": f"{parts.scheme}://{parts.netloc}"}
        content = urlencode([*own, *pairs]).encode("ascii")
        try:
            answer = self._wire.call(
                "POST",
                self._url,
                headers=headers,
                content=content,
                read_s=self._wire.timeouts.form_s,
                only_reads=False,
            )
        except Unsure as error:
            return Receipt(Outcome.UNKNOWN, error.code)
        return self._judged(answer)

    def _judged(self, answer: Answer) -> Receipt:
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._pace.throttled(answer.retry_after_s)
            raise Throttled(retry_after_s=answer.retry_after_s, request_id=answer.request_id)
        receipt = judge(answer, self._messages, self._failure_pages)
        if receipt.outcome.is_accepted:
            self._pace.succeeded()
        return receipt

    def _token(self) -> str:
        """A token for one row, after the time that the form asks for.

        Raises:
            Unreachable: there is none, or the wait was cancelled.
        """
        self._wait_turn()
        parts = urlsplit(self._url)
        url = f"{parts.scheme}://{parts.netloc}/e/formsubmittoken?elqSiteID={quote(self._site_id)}"
        answer = self._wire.call("GET", url, read_s=self._wire.timeouts.form_s)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._pace.throttled(answer.retry_after_s)
            raise error_of(answer, only_reads=True)
        token = answer.text.strip()
        if answer.status != HTTPStatus.OK or not 0 < len(token) <= MAX_TOKEN_CHARS or "<" in token:
            raise Unreachable("eloqua.no-token", status=answer.status)
        if self._cancelled.wait(self._token_wait_s):
            raise Unreachable("eloqua.cancelled")
        return token

    def _wait_turn(self) -> None:
        if not self._pace.wait(self._cancelled):
            raise Unreachable("eloqua.cancelled")


def judge(
    answer: Answer, messages: Iterable[str] = (), failure_pages: Collection[str] = ()
) -> Receipt:
    """What an answer of `/e/f2` says of the row; 429 is the caller's.

    Args:
        answer: as it came.
        messages: the form's validation messages.
        failure_pages: addresses without query that a refused row is led to.
    """
    status = answer.status
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Receipt(Outcome.UNKNOWN, "eloqua.server-error", status)
    if status >= HTTPStatus.BAD_REQUEST:
        code = next((code for key, code in CODES.items() if key == status), "eloqua.refused")
        return Receipt(Outcome.REFUSED, code, status)
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return _redirected(answer, failure_pages)
    if not answer.body.strip(b"\xef\xbb\xbf \t\r\n"):
        return Receipt(Outcome.ACCEPTED, status=status)
    shown = " ".join(unescape(TAG.sub(" ", answer.text[:JUDGED_CHARS])).split())
    seen = tuple(each for each in messages if " ".join(each.split()) in shown)
    if seen or ERROR_WORDS.search(shown):
        return Receipt(Outcome.REFUSED, "eloqua.error-page", status, seen=seen)
    return Receipt(Outcome.UNKNOWN, "eloqua.not-understood", status)


def _redirected(answer: Answer, failure_pages: Collection[str]) -> Receipt:
    """A redirect is a success, but for one to a failure page, or to Eloqua's own sign-in."""
    location = _page(answer.headers.get("location", ""))
    if not location or API_HOST.fullmatch(urlsplit(location).hostname or ""):
        return Receipt(Outcome.UNKNOWN, "eloqua.not-understood", answer.status, location)
    if location in failure_pages:
        return Receipt(Outcome.REFUSED, "eloqua.failure-page", answer.status, location)
    return Receipt(Outcome.REDIRECTED, "", answer.status, location)


def _page(location: str) -> str:
    """An address without what may hold values."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl()[:500]
