"""A third tool, to prove that one is made without touching a file of the workbench.

It counts bytes: actions, with a setting, options, a page, jobs, a card and a style sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from safelight.api import (
    Action,
    Answer,
    Download,
    FileField,
    Kind,
    NewJob,
    Option,
    Refusal,
    Request,
    Setting,
    SettingValue,
    Shell,
    Tool,
    receives,
)
from toy_tool.jobs import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 1000
MAX_FILES = 3
SECRET = "canary-4711"  # stands for anything of a user that must never be shown


def count(request: Request) -> Answer:
    """The sizes of the files, and the options as they came."""
    if any(file.content == b"crash" for file in request.files):
        raise RuntimeError(f"{SECRET} in an exception")
    if any(file.content == b"refuse" for file in request.files):
        raise Refusal("toy.refused", "This is refused.", "Send another.", status=415)
    return Answer(
        {
            "files": [
                {
                    "name": file.name,
                    "size": len(file.content),
                    "refusal": file.refusal.code if file.refusal else None,
                }
                for file in request.files
            ],
            "options": dict(request.options),
        }
    )


PIECES = 40
PIECE = bytes(100_000)
made: list[int] = []
"""The numbers of the pieces that were made so far."""


def stream(request: Request) -> Download:
    """A file in pieces; with `broken` it fails after the first."""

    def pieces() -> Iterator[bytes]:
        for number in range(PIECES):
            made.append(number)
            yield PIECE
            if request.options["broken"]:
                raise RuntimeError(f"{SECRET} in an exception")

    return Download("zeros.bin", "application/octet-stream", pieces())


WAY = (
    Option("way", "Its name."),
    Option("steps", "How many."),
    Option("step_s", "Seconds each."),
)


def walk(request: Request) -> NewJob:
    """Start the job of that name."""
    way, steps, step_s = (str(request.options[option.name]) for option in WAY)
    return NewJob("walk", {"way": way, "steps": int(steps), "step_s": float(step_s)})


def actions(settings: Mapping[str, SettingValue]) -> tuple[Action, ...]:
    """One action that takes files and some that take none."""
    files = FileField(
        name="files",
        label="Files",
        help="Up to three.",
        max_bytes=int(settings["max_bytes"] or 0),
        max_files=MAX_FILES,
    )
    options = (
        Option("exact", "Count exactly.", Kind.FLAG),
        Option("unit", "What to count in.", Kind.CHOICE, choices=("bytes", "kilobytes")),
        Option("label", "A name for the result.", max_length=10),
    )
    return (
        Action("count", "Count", "Counts bytes.", count, files, options, rate="5/minute"),
        Action("wipe", "Wipe", "Deletes.", lambda _: Answer({"wiped": True}), grant="delete"),
        Action("ping", "Ping", "Answers.", lambda _: Answer({"pong": True})),
        Action(
            "stream", "Stream", "Sends.", stream, options=(Option("broken", "Fail.", Kind.FLAG),)
        ),
        Action("file", "File", "Sends.", lambda _: Download("five.txt", "text/plain", b"12345")),
        Action("walk", "Walk", "Takes steps.", walk, options=WAY, rate="6000/minute"),
    )


def blueprint(shell: Shell) -> Blueprint:
    """A page with a form that posts to itself."""
    pages = Blueprint("toy", __name__, template_folder="templates")
    action = shell.actions["count"]

    @pages.get("/")
    def form() -> str:
        return render_template("toy/page.html", action=action, sizes=[])

    @pages.post("/")
    @receives(action)
    def result() -> str:
        files = shell.receive(action).files
        return render_template("toy/page.html", action=action, sizes=files)

    @pages.post("/undeclared")
    def undeclared() -> str:
        shell.receive(action)
        return "never"

    @pages.post("/note")
    def note() -> str:
        values = shell.session()
        shell.drop(str(values.get("note")))
        values["note"] = shell.keep(request.get_data())
        return "kept"

    @pages.get("/note")
    def noted() -> bytes:
        return shell.kept(str(shell.session().get("note"))) or b"nothing"

    @pages.get("/broken")
    def broken() -> str:
        return render_template("toy/broken.html")

    return pages


tool = Tool(
    slug="toy",
    title="Toy",
    summary="Counts bytes.",
    blueprint=blueprint,
    actions=actions,
    settings=(Setting("max_bytes", "TOY_MAX_BYTES", MAX_BYTES, "Largest file.", int),),
    card="toy/card.html",
    jobs=jobs,
)
