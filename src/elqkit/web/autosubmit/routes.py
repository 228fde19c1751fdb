"""The route of a draft to Eloqua: the mock, a sign-in, the administrator's, or the public form.

What a person types is held in the session on the server and in the run that is started with it:
never in an address, a log or a page.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from elqkit.autosubmit.access import Access, Connection, Way
from elqkit.autosubmit.forms import is_html_name
from elqkit.eloqua import Basic, OAuth
from elqkit.errors import NotSignedIn
from elqkit.mock import ACCOUNT
from elqkit.mock.site import SITE_ID as MOCK_SITE
from elqkit.text import Text
from elqkit.web.autosubmit.mocks import MOCKS
from elqkit.web.autosubmit.sign_ins import TokensInSlot, app_of
from elqkit.web.settings import by_variable
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elqkit.eloqua.credentials import Credentials
    from safelight.api import Json, SettingValue, Slot

MAX_TYPED_CHARS = 200


class Kind(Enum):
    """Which way to Eloqua."""

    MOCK = "mock"
    SIGNED_IN = "signed-in"
    OAUTH = "oauth"
    """Signed in at Eloqua's own page."""
    SERVER = "server"
    """Signed in as the administrator set it up."""
    PUBLIC = "public"
    """As a visitor: nobody is signed in, so the form's fields are not known."""


@dataclass(frozen=True, slots=True)
class Route:
    """What was decided about reaching Eloqua, as a session keeps it."""

    kind: Kind
    site_id: str = ""
    site_name: str = ""
    who: str = ""
    """Who is signed in, as Eloqua says."""
    host: str = ""
    """Where calls go."""
    html_name: str = ""
    """Of the public form."""
    owner: str = field(default="", repr=False)
    weather: str = "calm"
    """Whose mock, and how it behaves."""
    company: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    slot: str = field(default="", repr=False)
    """The key of the slot that has the tokens of a sign-in at Eloqua's own page."""

    @property
    def is_mock(self) -> bool:
        """Whether it is a rehearsal only."""
        return self.kind is Kind.MOCK

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that rows may be handed over, the best first."""
        return (Way.PUBLIC,) if self.kind is Kind.PUBLIC else tuple(Way)

    @property
    def is_shared(self) -> bool:
        """Whether who gets there is one of those who may know what arrived, whoever sent it.

        Only a sign-in shows that. The number of a site and the name of a form are for everybody.
        """
        return self.kind in (Kind.SIGNED_IN, Kind.OAUTH, Kind.SERVER)

    @property
    def destination(self) -> str:
        """What tells this far side from others: each mock is one of its own."""
        return f"{self.site_id} {self.host} {self.owner}" if self.is_mock else self.site_id

    def hosts(self, settings: Mapping[str, SettingValue]) -> dict[Way, str]:
        """The host that rows are sent to, by the way that they go."""
        own = f"https://s{self.site_id}.t.eloqua.com"
        form = self.host if self.is_mock else urlsplit(str(settings["form_url"] or own)).netloc
        return {way: form if way is Way.PUBLIC else self.host for way in self.ways}

    def stored(self) -> dict[str, Json]:
        """As a session keeps it."""
        return {**cast("dict[str, Json]", asdict(self)), "kind": self.kind.value}

    @classmethod
    def of(cls, stored: Mapping[str, Json]) -> Route | None:
        """From a session; None where nothing was decided yet."""
        if not stored:
            return None
        known = {each.name for each in fields(cls)} - {"kind"}
        values = {name: str(value) for name, value in stored.items() if name in known}
        return cls(Kind(stored["kind"]), **values)


def to_mock(owner: str, weather: str) -> Route:
    """A route to the visitor's own mock."""
    return Route(Kind.MOCK, owner=owner, weather=weather)


def to_public(site_id: str, html_name: str) -> Route:
    """A route to a public form.

    Raises:
        Refusal: the number or the name cannot be one.
    """
    try:
        access = Access(site_id=site_id)
    except ValueError:
        access = None
    if access is None or not site_id:
        raise _not_understood(Text("The site's number has 1 to 10 digits, and nothing else."))
    if not is_html_name(html_name):
        raise _not_understood(
            Text("The form's HTML name has no spaces, and at most 100 characters.")
        )
    return Route(Kind.PUBLIC, site_id=site_id, html_name=html_name)


def to_account(company: str, user: str, password: str) -> Route:
    """A route of a person, not tried yet.

    Raises:
        Refusal: something is missing.
    """
    typed = (company.strip(), user.strip(), password)
    if not all(0 < len(each) <= MAX_TYPED_CHARS for each in typed):
        raise _not_understood(Text("Write the company, the user and the password."))
    return Route(Kind.SIGNED_IN, company=typed[0], user=typed[1], password=typed[2])


def signed_in(route: Route, connection: Connection) -> Route:
    """The route with what Eloqua says of it.

    Raises:
        EloquaError: the sign-in failed.
    """
    if connection.eloqua is None:
        return route
    site = connection.eloqua.site
    host = urlsplit(site.base).netloc
    return replace(route, site_id=site.id, site_name=site.name, who=site.user, host=host)


def has_server_account(settings: Mapping[str, SettingValue]) -> bool:
    """Whether the administrator set up a sign-in for all who may use this page."""
    return bool(settings["company"] or settings["refresh_token_file"])


def access_of(
    route: Route, settings: Mapping[str, SettingValue], slot: Callable[[str], Slot] | None = None
) -> Access:
    """What is needed to follow a route.

    Args:
        route: the way.
        settings: ElqKit's.
        slot: gives the slot of a key, for who signed in at Eloqua's own page.

    Raises:
        NotSignedIn: an account is not there, or cannot be read.
    """
    if route.is_mock:
        return Access.to_mock(MOCKS.address(route.owner, route.weather), ACCOUNT, MOCK_SITE)
    given = tuple(sorted(by_variable(settings).items()))
    if route.kind is Kind.SERVER:
        return _of_server(given)
    common = Access.of(
        {
            name: value
            for name, value in given
            if name in ("ELQKIT_LOGIN", "ELQKIT_HOSTS", "ELQKIT_FORM_URL", "ELQKIT_ORIGIN")
        }
    )
    if route.kind is Kind.PUBLIC:
        return replace(common, site_id=route.site_id)
    credentials = _credentials(route, settings, slot)
    return replace(common, credentials=credentials, site_id=route.site_id)


def _credentials(
    route: Route, settings: Mapping[str, SettingValue], slot: Callable[[str], Slot] | None
) -> Credentials:
    """What a person signed in with."""
    if route.kind is Kind.SIGNED_IN:
        return Basic(route.company, route.user, route.password)
    app = app_of(settings)
    if app is None or slot is None:
        raise NotSignedIn("eloqua.no-credentials")
    tokens = TokensInSlot(slot(route.slot))
    return OAuth(app.client_id, app.client_secret, tokens, redirect_uri=app.redirect_uri)


@lru_cache(maxsize=1)
def _of_server(given: tuple[tuple[str, str], ...]) -> Access:
    """The administrator's own; one for all, as a refresh token changes at each use."""
    access = Access.of(dict(given))
    if access.credentials is None:
        raise NotSignedIn("eloqua.no-credentials")
    return access


def connected(
    route: Route, settings: Mapping[str, SettingValue], slot: Callable[[str], Slot] | None = None
) -> Connection:
    """A connection along a route; nothing is called yet. See `access_of`.

    Raises:
        EloquaError: an address may not be called, or the account cannot be read.
    """
    return Connection(access_of(route, settings, slot))


def _not_understood(hint: Text) -> Refusal:
    return Refusal("connection.not-understood", "This can't be used.", hint, status=422)
