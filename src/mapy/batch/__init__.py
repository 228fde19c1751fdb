"""Many files together: what links them, who gives what away, when and where they were taken.

Everything here works on `Facts`, a few values a file, so that thousands of files need little
memory:

    from mapy.batch import facts_of_each, pictures_in, links, matrix, summary, timeline

    facts = list(facts_of_each(pictures_in([Path("photos")])))
"""

from mapy.batch.facts import Facts, facts_of, facts_of_each
from mapy.batch.folders import Folder, pictures_in
from mapy.batch.links import Link, links
from mapy.batch.overview import Matrix, Summary, matrix, summary, timeline
from mapy.batch.reading import Unread, explained, look_at_each, read_each

__all__ = [
    "Facts",
    "Folder",
    "Link",
    "Matrix",
    "Summary",
    "Unread",
    "explained",
    "facts_of",
    "facts_of_each",
    "links",
    "look_at_each",
    "matrix",
    "pictures_in",
    "read_each",
    "summary",
    "timeline",
]
