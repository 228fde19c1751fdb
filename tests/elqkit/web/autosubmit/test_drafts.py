"""The files of one visitor, which may arrive side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from elqkit.web.autosubmit.drafts import MAX_DRAFTS
from elqkit.web.autosubmit.files import kept_of
from elqkit_visitor import HOME, Visitor

if TYPE_CHECKING:
    import pytest

SIDE_BY_SIDE = 9


def listed(visitor: Visitor) -> list[str]:
    """The addresses of the files that one can go on with, the latest first."""
    return re.findall(r'href="([^"]+/)file/"', visitor.client.get(HOME).text)


def test_files_that_come_side_by_side_are_all_within_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine requests, each begun before any has ended; the next file has the oldest make room."""
    visitor, begun = Visitor(), []

    def kept_late(*arguments: Any) -> bytes:
        begun.append(arguments)
        if len(begun) < SIDE_BY_SIDE:
            visitor.give()
        return kept_of(*arguments)

    monkeypatch.setattr("elqkit.web.autosubmit.file_pages.kept_of", kept_late)
    visitor.give()
    given = listed(visitor)
    assert len(given) == SIDE_BY_SIDE
    visitor.give()
    assert listed(visitor) == [visitor.base, *given[: MAX_DRAFTS - 1]]
    visitor.base = given[-1]
    assert visitor.get("file/").status_code == 404
