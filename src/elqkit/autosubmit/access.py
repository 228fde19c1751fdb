"""How a site of Eloqua is reached, and by which ways its forms take rows.

with Connection(Access.of(settings)) as connection:
    form = connection.form("newsletter")
    transport = connection.transport(form, Way.BATCH)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
import re
from threading import Event
from typing import TYPE_CHECKING

from elqkit.autosubmit.forms import find_form, form_of_names
from elqkit.autosubmit.transports import BatchTransport, PublicTransport, RestTransport
from elqkit.eloqua.client import Eloqua
from elqkit.eloqua.credentials import Basic, Credentials, from_environment
from elqkit.eloqua.hosts import Hosts
from elqkit.eloqua.pacing import Pace
from elqkit.eloqua.public_form import PublicForm
from elqkit.eloqua.rest_form import RestForm
from elqkit.eloqua.session import LOGIN
from elqkit.eloqua.wire import Wire
from elqkit.errors import NotSignedIn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType
    from typing import Self

    from elqkit.autosubmit.submissions import Submission
    from elqkit.eloqua.models import Form
    from elqkit.runs.transport import BatchingTransport, Transport

CLIENT_RATE = 1_000.0
"""Calls a second. A run keeps the pace that a person set; the client obeys a 429 besides."""
_SITE = re.compile(r"[0-9]{1,10}", re.ASCII)


class Way(Enum):
    """How rows are handed over."""

    BATCH = "batch"
    """Signed in, many a call, each with an id: safe to send again."""
    SINGLE = "single"
    """Signed in, one a call."""
    PUBLIC = "public"
    """As a visitor's browser does."""


@dataclass(frozen=True, slots=True)
class Access:
    """What is needed to reach a site. Without credentials, its forms are known by name only."""

    credentials: Credentials | None = None
    site_id: str = ""
    """The site's number; a sign-in tells it by itself."""
    login: str = LOGIN
    hosts: tuple[str, ...] = ()
    """What may be called besides Eloqua's own hosts."""
    form_url: str = ""
    """Where public forms are sent to, if not to the site's own address."""
    origin: str = field(default="", repr=False)
    """The page that rows seem to come from, where the site asks for one."""

    def __post_init__(self) -> None:
        if self.site_id and not _SITE.fullmatch(self.site_id):
            raise ValueError("A site's number has 1 to 10 digits.")

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Access:
        """From settings by their variables; see `elqkit.settings`.

        Raises:
            NotSignedIn: a file of credentials cannot be read, or some are missing.
            ValueError: the site's number is none.
        """
        credentials: Credentials | None
        try:
            credentials = from_environment(settings)
        except NotSignedIn as error:
            if error.code != "eloqua.no-credentials" or _names_credentials(settings):
                raise
            credentials = None
        return cls(
            credentials,
            settings.get("ELQKIT_SITE", ""),
            settings.get("ELQKIT_LOGIN", LOGIN),
            tuple(settings.get("ELQKIT_HOSTS", "").replace(",", " ").split()),
            settings.get("ELQKIT_FORM_URL", ""),
            settings.get("ELQKIT_ORIGIN", ""),
        )

    @classmethod
    def to_mock(cls, address: str, account: tuple[str, str, str], site_id: str) -> Access:
        """To a mock: `elqkit.mock` names its account and its site."""
        address = address.rstrip("/")
        return cls(Basic(*account), site_id, address, (address,), f"{address}/e/f2")

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that there are, the best first."""
        return (Way.PUBLIC,) if self.credentials is None else tuple(Way)


class Connection:
    """A site within reach; nothing is called before something is asked.

    Args:
        access: what is needed to reach it.
        cancelled: set, it ends every wait between calls.

    Raises:
        HostNotAllowed: an address of it may not be called.
    """

    def __init__(self, access: Access, cancelled: Event | None = None) -> None:
        self.access = access
        self.cancelled = cancelled or Event()
        self._hosts = Hosts(access.hosts)
        self._wire = Wire()
        self.eloqua: Eloqua | None = None
        """The client; None where nobody is signed in."""
        if access.credentials is not None:
            self.eloqua = Eloqua(
                access.credentials,
                hosts=self._hosts,
                login=access.login,
                pace=Pace(CLIENT_RATE),
                wire=self._wire,
                cancelled=self.cancelled,
            )

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
        return "Connection(...)"

    @property
    def site_id(self) -> str:
        """The number of the site.

        Raises:
            EloquaError: the sign-in failed.
        """
        return self.access.site_id if self.eloqua is None else self.eloqua.site.id

    @property
    def site_name(self) -> str:
        """The name of the site; its number where nobody is signed in.

        Raises:
            EloquaError: the sign-in failed.
        """
        return f"site {self.access.site_id}" if self.eloqua is None else self.eloqua.site.name

    def form(self, wanted: str, names: Iterable[str] = ()) -> Form:
        """The form of an id or name, as Eloqua has it; unread, with fields of these names.

        Raises:
            NoSuchForm: there is none, or several.
            EloquaError: Eloqua cannot be asked.
        """
        if self.eloqua is None:
            return form_of_names(wanted, names)
        return find_form(self.eloqua, wanted)

    def transport(
        self, form: Form, way: Way
    ) -> Transport[Submission] | BatchingTransport[Submission]:
        """A way to a form.

        Raises:
            NotSignedIn: the way needs a sign-in, and there is none.
            HostNotAllowed: the address of public forms may not be called.
        """
        if way is Way.PUBLIC:
            return PublicTransport(self._public(form))
        if self.eloqua is None:
            raise NotSignedIn("eloqua.no-credentials")
        rest = RestForm(self.eloqua, form.id)
        return BatchTransport(rest) if way is Way.BATCH else RestTransport(rest)

    def _public(self, form: Form) -> PublicForm:
        site_id = self.site_id
        return PublicForm(
            self.access.form_url or f"https://s{site_id}.t.eloqua.com/e/f2",
            site_id,
            form.html_name,
            wire=self._wire,
            hosts=self._hosts,
            pace=Pace(CLIENT_RATE),
            is_protected=form.is_spam_protected,
            origin=self.access.origin,
            messages=[rule.message for each in form.fields for rule in each.validations],
            cancelled=self.cancelled,
        )

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()


def _names_credentials(settings: Mapping[str, str]) -> bool:
    """Whether some credentials are named: then those that are missing are a mistake."""
    names = ("ELQKIT_COMPANY", "ELQKIT_USER", "ELQKIT_PASSWORD", "ELQKIT_CLIENT_ID")
    return any(name.startswith(names) for name in settings)


def without_credentials(access: Access) -> Access:
    """The same site, as a visitor sees it."""
    return replace(access, credentials=None)
