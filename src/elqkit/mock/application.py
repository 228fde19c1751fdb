"""The mock: one method from a request to its answer, with the faults around it."""

from __future__ import annotations

from ipaddress import ip_address
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

from elqkit.mock import assets, form_data, page, public
from elqkit.mock.exchange import Dropped, Request, Response, as_page
from elqkit.mock.faults import Faults
from elqkit.mock.sign_in import REDIRECT_URI, SignIn
from elqkit.mock.site import Site, SiteFull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REST = r"/api/rest/[12]\.0"
DATA = REST + r"/data/form/([^/]+)"
ROUTES: tuple[tuple[str, str, Callable[..., Response]], ...] = (
    ("GET", REST + r"/assets/forms", assets.forms),
    ("GET", REST + r"/assets/form/([^/]+)", assets.form),
    ("GET", REST + r"/assets/optionList/([^/]+)", assets.option_list),
    ("POST", DATA, form_data.submit),
    ("GET", DATA, form_data.listed),
    ("GET", DATA + r"/formSpamData", form_data.spam),
    ("DELETE", DATA + r"/datarow/([^/]+)", form_data.delete),
    ("POST", DATA + r"/batch", form_data.submit_batch),
    ("GET", DATA + r"/batch/formData/([^/]+)", form_data.batch_by_id),
    ("GET", DATA + r"/batchCorrelation/formData/([^/]+)", form_data.batch_by_correlation),
)
"""The calls that need a sign-in. Eloqua matches paths without case."""
FORM = re.compile(r"/e/f2(?:\.aspx)?", re.IGNORECASE)
TOKEN = "/e/formsubmittoken"  # noqa: S105 - a path
SENDS = ("POST", "PUT", "DELETE")


class Mock:
    """A local Eloqua.

    Args:
        faults: what goes wrong, as `--fault` names it.
        seed: of the faults' chances.
        redirect_uri: the address that the app is registered with.
        clock: seconds since 1970; another one in tests.
        sleep: waits for so many seconds.

    Raises:
        UnknownFault: a fault is not understood.
    """

    def __init__(
        self,
        faults: Iterable[str] = (),
        *,
        seed: int = 0,
        redirect_uri: str = REDIRECT_URI,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.faults = Faults(faults, seed)
        self.site = Site(self.faults, clock)
        self._sign_in = SignIn(self.site, redirect_uri)
        self._sleep = sleep

    def answer(self, request: Request) -> Response:
        """The answer to one request.

        Raises:
            Dropped: the connection is to be closed without one.
        """
        own = self._own_page(request)
        if own is not None:
            return own
        status = 0
        try:
            response = self._with_faults(request)
            status = response.status
        except SiteFull:
            return Response(503)
        else:
            return response
        finally:
            with self.site.lock:
                self.site.calls.append((request.method, request.path[:200], status))

    def _own_page(self, request: Request) -> Response | None:
        """The mock's own pages; they show rows, so that only a loopback name may ask for them."""
        if request.method not in ("GET", "HEAD") or request.path not in ("/", "/mock.css"):
            return None
        if not _is_loopback(request.host):
            return Response(421)
        return page.style() if request.path == "/mock.css" else page.page(self.site)

    def _with_faults(self, request: Request) -> Response:
        path = request.path.lower()
        if path == "/id":
            return self._sign_in.identity(request)
        if path == "/auth/oauth2/authorize":
            return self._sign_in.authorize(request)
        if path == "/auth/oauth2/token":
            return self._sign_in.token(request)
        faults = self.faults
        if faults.fires("slow"):
            self._sleep(faults.seconds("slow", 1.0))
        refused = self._before(request)
        if refused is not None:
            return refused
        response = self._routed(request)
        if request.method in SENDS and faults.fires("drop-after-commit"):
            raise Dropped
        if request.method in SENDS and faults.fires("error-after-commit"):
            return Response(faults.number("error-after-commit", 500))
        return response

    def _before(self, request: Request) -> Response | None:
        """A fault that keeps a call from being carried out."""
        faults = self.faults
        if faults.fires("throttled"):
            pause = faults.value("throttled", "")
            return Response(429, headers=(("Retry-After", pause),) if pause else ())
        if faults.fires("error"):
            return Response(faults.number("error", 500))
        if faults.fires("html"):
            return as_page("Error", "Something went wrong.", faults.number("html", 500))
        if faults.fires("drop"):
            raise Dropped
        if faults.fires("moved"):
            with self.site.lock:
                self.site.old_hosts = {request.host}
        if faults.fires("expired"):
            self._sign_in.expire()
        if faults.fires("revoked"):
            self._sign_in.revoke()
        return None

    def _routed(self, request: Request) -> Response:
        if FORM.fullmatch(request.path):
            return public.submit(self.site, request)
        if request.path.lower() == TOKEN:
            return public.form_token(self.site, request)
        if request.host in self.site.old_hosts or not self._sign_in.is_signed_in(request):
            return self._sign_in.unauthorized()
        for method, pattern, handler in ROUTES:
            found = re.fullmatch(pattern, request.path, re.IGNORECASE)
            if found and method == request.method:
                return handler(self.site, request, *map(unquote, found.groups()))
        return assets.NOT_FOUND


def _is_loopback(host: str) -> bool:
    """Whether a host is a loopback name, so that no foreign page's name stands for it."""
    name = host.rpartition(":")[0] or host
    if name == "localhost":
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
