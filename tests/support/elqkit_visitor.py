"""A person before AutoSubmit's pages, without scripts: chooses, presses buttons, reads."""

from __future__ import annotations

from functools import cache
from html import unescape
from io import BytesIO
import re
import time
from typing import TYPE_CHECKING, Any

from elqkit.eloqua import Basic, Eloqua, Hosts
from elqkit.mock import ACCOUNT
from elqkit.web import tool
from safelight.app import create_app
from safelight.settings import Settings

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

HOME = "/elqkit/autosubmit/"
PATIENCE_S = 20.0
OK = 200
PEOPLE = "E-mail,First name,Phone\nana@example.com,Ana,00123\nbo@example.com,Bo,+49 1E5\n"


def workbench(**variables: str) -> Flask:
    """The workbench with ElqKit alone."""
    return create_app(Settings({"SAFELIGHT_RATE_LIMITS": "off", **variables}), tools=[tool])


@cache
def _shared() -> Flask:
    """One workbench for all visitors that want nothing special: each has a session of their own."""
    return workbench()


class Visitor:
    """One browser's session."""

    def __init__(self, app: Flask | None = None) -> None:
        self.client: FlaskClient = (app or _shared()).test_client()
        page = self.client.get(HOME)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert found
        self.token = found[1]
        self.base = ""
        """The address of the draft."""
        self.run = ""
        """The address of the run."""

    def get(self, step: str = "") -> TestResponse:
        """A page of the draft."""
        return self.client.get(self.base + step)

    def post(self, step: str, **fields: Any) -> TestResponse:
        """Send a form of the draft."""
        return self.client.post(self.base + step, data={"csrf_token": self.token, **fields})

    def give(self, content: str | bytes = PEOPLE, name: str = "people.csv", **fields: str) -> str:
        """Choose a file; returns where that leads."""
        raw = content.encode() if isinstance(content, str) else content
        data = {"csrf_token": self.token, "csv": (BytesIO(raw), name), **fields}
        answer = self.client.post(HOME, data=data, content_type="multipart/form-data")
        assert answer.status_code == 303, words(answer)
        self.base = answer.location.removesuffix("file/")
        self.wait_for_the_sheet()
        return str(answer.location)

    def wait_for_the_sheet(self) -> None:
        """Wait until a workbook is read: a slow machine reads even a small one as a job."""
        end = time.monotonic() + PATIENCE_S
        while self.get("reading/").status_code == OK:
            assert time.monotonic() < end, "the workbook is still being read"
            time.sleep(0.05)

    def to_mock(self, form: str = "1", weather: str = "calm") -> None:
        """Choose the mock and one of its forms."""
        assert self.post("connect/", kind="mock", weather=weather).status_code == 303
        assert self.post("form/", form=form).status_code == 303

    def suggested(self) -> dict[str, str]:
        """The fields that the page of columns has chosen."""
        page = self.get("columns/").text
        found = re.findall(r'<select name="(column-\d+)"(.*?)</select>', page, re.DOTALL)
        chosen = {name: re.findall(r'value="([^"]+)" selected', options) for name, options in found}
        return {name: fields[0] for name, fields in chosen.items() if fields}

    def rehearse(self, **columns: str) -> None:
        """Take the columns, look at the checks, agree to the rehearsal."""
        answer = self.post("columns/", **(columns or self.suggested()))
        assert answer.status_code == 303, words(answer)
        assert self.get("checks/").status_code == 200
        assert self.get("rehearsal/").status_code == 200
        assert self.post("rehearsal/").status_code == 303

    def send(self, count: int | str, **fields: Any) -> TestResponse:
        """Type the count and press the button."""
        answer = self.post(
            "send/", count=str(count), **{"rate": "500", "parallel": "8", "way": "single", **fields}
        )
        if answer.status_code == 303:
            self.run = answer.location
        return answer

    def moment(self) -> dict[str, Any]:
        """How far the run is."""
        found: dict[str, Any] = self.client.get(f"{self.run}progress/").json or {}
        return found

    def wait(self) -> str:
        """Wait until the run is over; returns its page."""
        end = time.monotonic() + PATIENCE_S
        while not self.moment()["is_over"]:
            assert time.monotonic() < end, "the run goes on"
            time.sleep(0.05)
        return self.client.get(self.run).text

    def counts(self) -> dict[str, int]:
        """What the run's page counts."""
        return {name: int(count) for name, count in self.moment()["counts"].items()}

    def say(self, word: str) -> TestResponse:
        """Press a button of the run."""
        data = {"csrf_token": self.token, "word": word}
        return self.client.post(f"{self.run}say/", data=data)

    def stored(self, form: str = "1") -> list[dict[str, str]]:
        """What the visitor's mock has of a form, by the ids of its fields."""
        address = re.search(r"127\.0\.0\.1:\d+", self.get("rehearsal/").text)
        assert address
        login = f"http://{address[0]}"
        with Eloqua(Basic(*ACCOUNT), hosts=Hosts([login]), login=login) as eloqua:
            return [dict(each.values) for each in eloqua.submissions(form)]

    def ready(self, content: str | bytes = PEOPLE, form: str = "1", weather: str = "calm") -> None:
        """Come as far as the page that sends."""
        self.give(content)
        self.to_mock(form, weather)
        self.rehearse()


def words(answer: TestResponse | str) -> str:
    """What a person reads of a page."""
    text = answer if isinstance(answer, str) else answer.text
    main = text[text.find("<main") :]
    main = re.sub(r"</?bdi>", "", main)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def heading(answer: TestResponse | str) -> str:
    """The heading of a page."""
    text = answer if isinstance(answer, str) else answer.text
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    return unescape(found[1]).strip() if found else ""
