"""The mocks of the server's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING
import urllib.error
import urllib.request

import pytest

from elqkit.mock.faults import Faults
from elqkit.web.autosubmit.mocks import MAX_MOCKS, WEATHERS, Mocks

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def mocks() -> Iterator[Mocks]:
    """Mocks that are stopped at the end."""
    found = Mocks()
    yield found
    found.close()


def answers(address: str) -> bool:
    """Whether a mock is there."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False


def test_each_visitor_has_their_own(mocks: Mocks) -> None:
    """And keeps it."""
    ana, bo = mocks.address("ana", "calm"), mocks.address("bo", "calm")
    assert ana != bo
    assert mocks.address("ana", "calm") == ana
    assert all(address.startswith("http://127.0.0.1:") for address in (ana, bo))


def test_of_many_the_longest_unused_makes_room(mocks: Mocks) -> None:
    """A visitor's sockets have an end."""
    first = mocks.address("0", "calm")
    assert answers(first)
    for number in range(1, MAX_MOCKS + 1):
        mocks.address(str(number), "calm")
    assert not answers(first)


@pytest.mark.parametrize("weather", WEATHERS)
def test_every_weather_is_made_of_faults_that_there_are(weather: str) -> None:
    """Of the mock's table."""
    written = WEATHERS[weather][1]
    faults = Faults(written)
    names = {each.partition("=")[0].partition("@")[0] for each in written}
    assert {name for name in names if name not in faults} == set()
