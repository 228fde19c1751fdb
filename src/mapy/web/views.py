"""The pages of MAPy: read pictures, clean them, compare them, take away what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from mapy.clean.policy import PRESETS, Coarsen, Keep
from mapy.output.exports import EXPORTS
from mapy.output.labels import SUBJECTS
from mapy.web.actions import FORMAT
from mapy.web.cleaning import attempts_at, clean_images, policy_from
from mapy.web.comparing import compare
from mapy.web.exporting import export_images
from mapy.web.outcome import outcome_of
from mapy.web.report import report_of
from mapy.web.several import several_of
from mapy.web.uploads import COMPARE, status_of
from mapy.web.words import COARSEN_LABELS, KEEP_LABELS
from safelight.api import Refusal, Request, Shell, Upload, receives

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from safelight.api import Action

SAMPLE = Upload(
    "sample photo.jpg", resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
)
"""A picture of ours, with tags that show what pictures give away."""
APART_BYTES = 8_000_000
"""The largest file that another process is handed: it is in memory twice then."""
MOST_OUTCOMES = 20
"""Copies whose lists are shown at a time: each is made for that."""


def blueprint(shell: Shell) -> Blueprint:
    """The pages at `/mapy/`."""
    pages = Blueprint("mapy", __name__, template_folder="templates")
    _add_words(pages, shell)
    _add_reading(pages, shell)
    # The form below a result has everything in it that can be done with the same pictures.
    clean = shell.actions["clean"]
    again = replace(clean, options=(*clean.options, FORMAT))
    _add_doing(pages, shell, again)
    _add_sample(pages, shell, replace(again, files=None))
    return pages


def _add_words(pages: Blueprint, shell: Shell) -> None:
    words: dict[str, object] = {
        "read_action": shell.actions["read"],
        "presets": PRESETS,
        "keeps": {each.value: KEEP_LABELS[each] for each in Keep},
        "coarsenings": {each.value: COARSEN_LABELS[each] for each in Coarsen},
        "subjects": {each.value: label for each, label in SUBJECTS.items()},
        "exports": {name: export.label for name, export in EXPORTS.items()},
        "most_outcomes": MOST_OUTCOMES,
    }

    @pages.context_processor
    def offer() -> dict[str, object]:
        """What the forms offer."""
        return words


def _report(shell: Shell, request: Request, *, is_sample: bool = False) -> ResponseReturnValue:
    """What is in one picture, or in several."""
    speech = shell.speech()
    if len(request.files) == 1:
        upload, options = request.files[0], dict(request.options)
        is_quick = len(upload.content) <= APART_BYTES and not options.get(COMPARE)
        report = (
            shell.apart(report_of, upload, options, speech)
            if is_quick
            else report_of(upload, options, speech)
        )
        if report.error is not None:
            page = render_template("mapy/unread.html", name=report.name, error=report.error)
            return page, status_of([report.error])
        choices = {"is_sample": is_sample, "can_clean": report.can_clean}
        return shell.frame("mapy/one.html", report.parts, **choices)
    several = several_of(request.files, compare=bool(request.options.get(COMPARE)), speech=speech)
    page = render_template("mapy/several.html", several=several)
    return page, status_of([picture.error for picture in several.pictures])


def _outcomes(request: Request, *, is_sample: bool = False) -> ResponseReturnValue:
    """What clean copies would lose and keep."""
    uploads = islice(request.files, MOST_OUTCOMES)
    outcomes = [outcome_of(each) for each in attempts_at(uploads, policy_from(request.options))]
    page = render_template(
        "mapy/outcomes.html",
        outcomes=outcomes,
        left_out=len(request.files) - len(outcomes),
        chosen=request.options,
        is_sample=is_sample,
    )
    return page, status_of([outcome.error for outcome in outcomes])


def _by_purpose(request: Request) -> Request:
    """The request with what its purpose keeps: the ticks belong to the choice without one."""
    if not request.options.get("preset"):
        return request
    return Request(request.files, {**request.options, "keep": None})


def _add_reading(pages: Blueprint, shell: Shell) -> None:
    action = shell.actions["read"]

    def form(refusal: Refusal | None = None) -> str:
        return render_template("mapy/page.html", refusal=refusal)

    @pages.get("/")
    def page() -> str:
        """The empty form."""
        return form()

    @pages.post("/")
    @receives(action)
    def read() -> ResponseReturnValue:
        """What is in the pictures that were sent."""
        return _report(shell, shell.receive(action))

    @pages.errorhandler(Refusal)
    def refused(refusal: Refusal) -> ResponseReturnValue:
        """Why nothing was done, above the form in which it can be mended."""
        return form(refusal), refusal.status


def _add_doing(pages: Blueprint, shell: Shell, again: Action) -> None:
    receive = partial(shell.receive, again)

    @pages.post("/clean/")
    @receives(again)
    def clean() -> ResponseReturnValue:
        """Hand out clean copies."""
        return shell.send(clean_images(_by_purpose(receive())))

    @pages.post("/clean/report/")
    @receives(again)
    def clean_report() -> ResponseReturnValue:
        """Show what goes and what stays."""
        return _outcomes(_by_purpose(receive()))

    @pages.post("/compare/")
    @receives(again)
    def compare_pictures() -> ResponseReturnValue:
        """Show what is the same and what differs."""
        return render_template("mapy/compared.html", compared=compare(receive().files))

    @pages.post("/export/")
    @receives(again)
    def export() -> ResponseReturnValue:
        """Hand out what was found."""
        return shell.send(export_images(receive(), shell.speech()))


def _add_sample(pages: Blueprint, shell: Shell, options: Action) -> None:
    """The same for a picture of ours, which nobody has to choose."""

    def receive() -> Request:
        return _by_purpose(Request((SAMPLE,), shell.receive(options).options))

    @pages.get("/sample/")
    def sample() -> ResponseReturnValue:
        """What is in it."""
        return _report(shell, Request((SAMPLE,)), is_sample=True)

    @pages.post("/sample/clean/")
    @receives(options)
    def clean_sample() -> ResponseReturnValue:
        """Hand out its clean copy."""
        return shell.send(clean_images(receive()))

    @pages.post("/sample/clean/report/")
    @receives(options)
    def sample_report() -> ResponseReturnValue:
        """Show what goes from it and what stays."""
        return _outcomes(receive(), is_sample=True)

    @pages.post("/sample/export/")
    @receives(options)
    def export_sample() -> ResponseReturnValue:
        """Hand out what was found in it."""
        return shell.send(export_images(receive(), shell.speech()))
