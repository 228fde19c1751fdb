"""A walk through the pages of ElqKit and their states, each read in several languages."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
import re
import time
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]

from elqkit_visitor import HOME, PATIENCE_S, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Flask

UGLY = (
    "E-mail;First name;first name ;Phone;Day;Note\r\n"
    "ana@example.com;Ana;x;01234;2026-03-01;ok\r\n"
    "bo@example.com;Bo;x;12345;02/03/2026; edge \r\n"
    "cem@example.com\u00a0;Cem;x;1E+05;nothing;=A1\r\n"
    "bo@example.com;Bo;x;12345;02/03/2026; edge \r\n"
    "dee;Dee;x;\u00fc;2026-03-05;#REF!\r\n"
    ";;;;;\r\n"
    "\r\n"
    "eli@example.com;Eli\n"
    f"fay@example.com;{'Fay' * 40};x;1;<b>;https://example.com\u200b\r\n"
).encode("cp1252", "replace")
"""Most of what a check finds: of the file, of rows, of values."""
MANY = "E-mail\n" + "".join(f"p{number}@example.com\n" for number in range(60))
REFUSED = {
    "empty": (b"", "a.csv"),
    "spaces": (b" \n ", "a.csv"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a.csv"),
    "spreadsheet": (b"PK\x03\x04 xl/workbook", "a.csv"),
    "name": (b"a,b\n1,2\n", "a.pdf"),
    "workbook": (b"no archive", "a.xlsx"),
    "damaged": (b"PK\x03\x04 xl/workbook", "a.xlsx"),
    "utf-32": (b"\xff\xfe\x00\x00a\x00\x00\x00", "a.csv"),
    "large": (b"a,b\n" + b"1,2\n" * 30_000, "a.csv"),
}
"""Files that hold no table."""
BLOCKED = {
    "header": b"a,a,,A\nb@example.com,2,3,4\n",
    "quote": b'a,b\n"1,2\n3,4\n',
    "quote-after": b'a,b\n"1"x,2\n"3\n4"x,5\n',
    "no-rows": b"a,b\n",
    "unsure": b"a,b;c\n1,2;3\n",
    "utf-16": "a,b\n1,2\n".encode("utf-16-le"),
    "mark": b"\xef\xbb\xbfa,b\n1,2\n",
    "chosen": b"sep=;\na;b\n1;2\r\n3;\x81\n",
}
"""Files of which the file itself is wrong, or how to read it is not certain."""
CHOSEN = {"mark": "cp1252", "chosen": "utf-8"}
"""The encodings that are chosen for some of them."""
WAITING = re.compile("/(checked|reading)/")
QUIET = frozenset({"bdi", "code", "style"})
"""Elements that hold names and values."""
QUIET_CLASSES = frozenset({"value"})
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "rect"})
SPOKEN = ("alt", "aria-label", "placeholder", "title")


class Walk:
    """One visitor, who reads each page in each of some languages."""

    def __init__(self, app: Flask, codes: Sequence[str]) -> None:
        self.visitor = Visitor(app)
        self.codes = codes
        self.pages: dict[tuple[str, str], str] = {}
        """What was read, by its name and the language."""

    @contextmanager
    def _in(self, code: str) -> Iterator[None]:
        self.visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = code
        try:
            yield
        finally:
            del self.visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"]

    def each(self, name: str, ask: Callable[[], Any]) -> None:
        """Read what an address answers, or what a refused form is answered with."""
        for code in self.codes:
            with self._in(code):
                answer = self._waited(f"{name}, waiting", code, ask())
            assert answer.status_code not in (302, 303), (name, answer.location)
            self.pages[name, code] = answer.text

    def _waited(self, name: str, code: str, answer: Any) -> Any:
        """The page after the one that waits for a workbook: a slow machine reads it as a job."""
        if answer.status_code not in (302, 303) or not WAITING.search(answer.location):
            return answer
        address, end = answer.location, time.monotonic() + PATIENCE_S
        while "data-wait" in (answer := self.visitor.client.get(address)).text:
            assert time.monotonic() < end, name
            self.pages[name, code] = answer.text
            time.sleep(0.05)
        return answer

    def look(self, name: str, address: str) -> None:
        """Read a page."""
        self.each(name, lambda: self.visitor.client.get(address))

    def step(self, name: str, step: str) -> None:
        """Read a page of the draft."""
        self.look(name, self.visitor.base + step)

    def refused(self, name: str, step: str, **fields: Any) -> None:
        """Read what a form of the draft is refused with."""
        self.each(name, lambda: self.visitor.post(step, **fields))

    def sent(self, name: str, address: str, content: bytes, file: str, **fields: str) -> None:
        """Read what a file is answered with."""
        token = self.visitor.token

        def send() -> Any:
            data = {"csrf_token": token, "csv": (BytesIO(content), file), **fields}
            return self.visitor.client.post(address, data=data, content_type="multipart/form-data")

        self.each(name, send)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < end
            time.sleep(0.02)


def walk(app: Flask, codes: Sequence[str]) -> dict[tuple[str, str], str]:
    """Every page, in most of its states."""
    found = Walk(app, codes)
    _check(found)
    _files(found)
    _destinations(found)
    _faults(found)
    _runs(found)
    return found.pages


def _book() -> bytes:
    """A workbook of three sheets: with a date, a formula and a number that may look otherwise."""
    book = openpyxl.Workbook()
    for name in ("Aa", "Bb", "Cc"):
        sheet = book.create_sheet(name)
        sheet.append(["E-mail", "Day", "Sum", "Number"])
        sheet.append(["ana@example.com", datetime(2026, 3, 1, tzinfo=UTC).date(), "=1+1", 1234.5])
        sheet["D2"].number_format = "[Red]0.00"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _check(found: Walk) -> None:
    for name, address in {"landing": "/", "page": "/elqkit/", "sample": "/elqkit/sample/"}.items():
        found.look(name, address)
    for name, (content, file) in REFUSED.items():
        found.sent(f"check {name}", "/elqkit/", content, file)
    for name, content in {**BLOCKED, "ugly": UGLY, "fine": b"a,b\n1,2\n"}.items():
        chosen = CHOSEN.get(name, "")
        found.sent(f"check {name}", "/elqkit/", content, "a.csv", encoding=chosen)
    found.sent("check sheets", "/elqkit/", _book(), "a.xlsx", sheet="Bb")
    found.sent("check no sheet", "/elqkit/", _book(), "a.xlsx", sheet="Zz")


def _files(found: Walk) -> None:
    found.look("start", HOME)
    for name, (content, file) in REFUSED.items():
        found.sent(f"start {name}", HOME, content, file)
    for name, content in {**BLOCKED, "ugly": UGLY}.items():
        found.visitor.give(content, encoding=CHOSEN.get(name, ""))
        found.step(f"file {name}", "file/")
    found.visitor.give(_book(), "a.xlsx")
    found.step("file sheets", "file/")
    found.visitor.give(UGLY)
    for way in ("trim", "date"):
        found.step(f"fix {way}", f"fix/1/?way={way}")
    found.refused("fix refused", "fix/1/", way="split", do="apply")
    found.refused("fix split", "fix/1/", way="split", separator="dash", first="Aa", second="Bb")
    found.step("edit", "line/2/2/")
    date = {"way": "date", "before": "DD/MM/YYYY", "after": "YYYY-MM-DD", "do": "apply"}
    found.visitor.post("fix/5/", **date)
    found.visitor.post("fix/2/", way="trim", do="apply")
    split = {"separator": "dash", "first": "Aa", "second": "Bb", "do": "apply"}
    found.visitor.post("fix/6/", way="split", **split)
    found.visitor.post("line/2/2/", value="Anna")
    found.step("file changed", "file/")
    found.look("start with files", HOME)
    for name, address in {
        "no draft": f"{HOME}0123456789abcdef/file/",
        "no column": f"{found.visitor.base}fix/99/",
        "no value": f"{found.visitor.base}line/99/1/",
        "no run": f"{HOME}runs/0123/",
    }.items():
        found.look(name, address)


def _destinations(found: Walk) -> None:
    found.visitor.give()
    found.step("connect", "connect/")
    found.refused("connect nowhere", "connect/")
    found.refused("connect site", "connect/", kind="public", site="x", html_name="y")
    found.refused("connect name", "connect/", kind="public", site="1", html_name="a b")
    found.refused("connect account", "connect/", kind="signed-in")
    found.refused("connect server", "connect/", kind="server")
    found.refused("connect oauth", "connect/", kind="oauth")
    found.visitor.post("connect/", kind="public", site="1", html_name="form")
    found.step("columns public", "columns/")
    found.visitor.rehearse(**{"column-1": "emailAddress"})
    found.step("rehearsal public", "rehearsal/")
    found.step("send public", "send/")
    found.visitor.post("connect/", kind="mock", weather="calm")
    found.step("forms", "form/")
    found.step("forms none", "form/?q=zzz")
    found.refused("no form", "form/", form="999")
    found.visitor.post("form/", form="2")
    found.step("columns", "columns/")
    found.refused("columns none", "columns/")
    twice = {"column-1": "emailAddress", "column-2": "emailAddress"}
    found.refused("columns twice", "columns/", **twice)
    found.refused("columns missing", "columns/", **{"column-3": "phone"})
    found.each("map", lambda: _map(found))


def _map(found: Walk) -> Any:
    data = {"csrf_token": found.visitor.token, "map": (BytesIO(b"no"), "map.json")}
    address = f"{found.visitor.base}columns/map/"
    return found.visitor.client.post(address, data=data, content_type="multipart/form-data")


def _faults(found: Walk) -> None:
    visitor = found.visitor
    visitor.give("E-mail,Full name\nana@example.com,Ana\nbo@example.com,Bo\n")
    visitor.to_mock("2")
    visitor.rehearse()
    found.step("rehearsal effects", "rehearsal/")
    found.step("send effects", "send/")
    found.refused("send without effects", "send/", count="2", rate="10", parallel="4")
    visitor.give(UGLY)
    visitor.to_mock()
    visitor.post("columns/", **visitor.suggested())
    for step in ("columns", "checks", "rehearsal"):
        found.step(f"{step} ugly", f"{step}/")
    visitor.post("rehearsal/")
    found.step("send ugly", "send/")
    found.refused("send count", "send/", count="1000", rate="10", parallel="4")
    count = re.search(r'"count">[^0-9<]*([0-9]+)', visitor.get("send/").text)
    assert count
    found.refused("send speed", "send/", count=count[1], rate="fast", parallel="4")
    found.refused("send way", "send/", count=count[1], rate="9", parallel="4", way="none")
    found.refused("send long", "send/", count="1" * 300)


def _runs(found: Walk) -> None:
    visitor = found.visitor
    found.look("runs none", f"{HOME}runs/")
    visitor.ready(MANY, weather="rough")
    visitor.send(60, rate="40", way="single")
    found.until(lambda: visitor.counts()["accepted"] > 0)
    found.look("run", visitor.run)
    visitor.say("pause")
    found.until(lambda: bool(visitor.moment()["is_paused"]))
    found.look("run paused", visitor.run)
    found.look("runs", f"{HOME}runs/")
    visitor.say("cancel")
    visitor.wait()
    found.look("run stopped", visitor.run)
    found.step("send the rest", "send/")
    left = visitor.counts()["left"]
    visitor.send(left, rate="500", way="public", look="1")
    visitor.wait()
    found.look("run over", visitor.run)
    found.step("send once more", "send/")
    found.refused("send nothing", "send/", count="0", rate="10", parallel="4")
    again = {"count": "60", "rate": "10", "parallel": "4", "again": "once-more"}
    found.refused("send twice", "send/", **again)
    visitor.give("E-mail,First name\nana@example.com,Ana\n,Bo\n")
    visitor.to_mock()
    visitor.rehearse()
    visitor.send(1)
    visitor.wait()
    found.look("run with faults", visitor.run)
    found.look("runs over", f"{HOME}runs/")


class Said(HTMLParser):
    """What a page says, without names and values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what its attributes say."""
        given = {name: value or "" for name, value in attrs}
        is_quiet = tag in QUIET or bool(QUIET_CLASSES & set(given.get("class", "").split()))
        is_quiet = is_quiet or given.get("dir") == "auto"
        is_quiet = is_quiet or (tag == "option" and "value" not in given)
        if not any(quiet for _, quiet in self._open):
            self.found += [given[name] for name in SPOKEN if name in given]
        if tag not in VOID:
            self._open.append((tag, is_quiet))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while tag not in VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note what is said."""
        if not any(quiet for _, quiet in self._open):
            self.found.append(data)


def said_in(page: str) -> str:
    """All that a page says, in lines."""
    said = Said()
    said.feed(page)
    return "\n".join(each for each in said.found if each.strip())
