"""The page of MAPy: choose pictures, read what is in them."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from mapy.web.actions import status_of
from mapy.web.present import heading_of, pictures_of
from safelight.api import Refusal, Request, Shell, Upload, receives

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SAMPLE = Upload(
    "sample photo.jpg", resources.files("mapy.web").joinpath("sample", "photo.jpg").read_bytes()
)
"""A picture of ours, with tags that show what pictures give away."""


def blueprint(shell: Shell) -> Blueprint:
    """The pages at `/mapy/`."""
    pages = Blueprint("mapy", __name__, template_folder="templates")
    action = shell.actions["read"]

    def form(refusal: Refusal | None = None) -> str:
        return render_template("mapy/page.html", action=action, pictures=(), refusal=refusal)

    def report(request: Request) -> ResponseReturnValue:
        pictures = pictures_of(request)
        heading = heading_of(pictures)
        page = render_template("mapy/page.html", action=action, pictures=pictures, heading=heading)
        return page, status_of([picture.error for picture in pictures])

    @pages.get("/")
    def page() -> str:
        """The empty form."""
        return form()

    @pages.post("/")
    @receives(action)
    def read() -> ResponseReturnValue:
        """What is in the pictures that were sent."""
        try:
            request = shell.receive(action)
        except Refusal as refusal:
            return form(refusal), refusal.status
        return report(request)

    @pages.get("/sample/")
    def sample() -> ResponseReturnValue:
        """What is in a picture of ours."""
        return report(Request((SAMPLE,)))

    return pages
