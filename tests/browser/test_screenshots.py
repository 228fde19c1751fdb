"""The README's pictures show the workbench of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import screenshots

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("view", screenshots.VIEWS, ids=lambda view: view.name)
def test_the_words_of_a_picture_are_those_of_its_page(
    view: screenshots.View, browser: Browser, base_url: str
) -> None:
    """Taken anew with `python tools/screenshots.py`."""
    page = screenshots.opened(browser, base_url, view, "light")
    shown = screenshots.words(page, view)
    page.close()

    assert shown == (screenshots.FOLDER / f"{view.name}.txt").read_text(encoding="utf-8")
    assert {f"{view.name}-{scheme}.png" for scheme in screenshots.SCHEMES} == {
        path.name for path in screenshots.FOLDER.glob(f"{view.name}-*.png")
    }
