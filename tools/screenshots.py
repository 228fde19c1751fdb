"""Take the README's pictures of the workbench, light and dark, and write down what they say.

    safelight serve -p 8848 &
    python tools/screenshots.py http://127.0.0.1:8848

Writes `docs/images/`. A test holds the words beside each picture against the page of today, so run
this when it fails.
"""

from __future__ import annotations

from pathlib import Path
import shutil
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[1] / "docs/images"
WIDTH, HEIGHT = 1280, 800
SCALE = 1.5
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class View(NamedTuple):
    """A part of the workbench that is shown."""

    name: str
    path: str
    text: str
    """The selector of what its words are: what does not depend on the machine."""


VIEWS = (View("mapy", "/mapy/sample/", "main h1, main dl:first-of-type"),)


def words(page: Page, view: View) -> str:
    """What a view says."""
    return "\n".join(page.locator(view.text).all_inner_texts()) + "\n"


def opened(browser: Browser, base: str, view: View, scheme: Literal["light", "dark"]) -> Page:
    """The page of a view, without scripts: as everyone sees it."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
        color_scheme=scheme,
        java_script_enabled=False,
        locale="en",
    )
    page.goto(base + view.path)
    return page


def main(base: str) -> None:
    """Write every picture and its words."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for view in VIEWS:
            for scheme in SCHEMES:
                page = opened(browser, base, view, scheme)
                page.screenshot(path=FOLDER / f"{view.name}-{scheme}.png")
                (FOLDER / f"{view.name}.txt").write_text(words(page, view), encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
