"""The printable report of one picture or many: what each gives away, and every tag in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.batch.reading import Unread
from mapy.explain.facts import Facts
from mapy.explain.summary import summary_of
from mapy.output import html
from mapy.output.escaping import markup
from mapy.output.json import selected
from mapy.output.labels import ENGLISH, SUBJECTS, WEIGHTS
from mapy.output.table import shown
from mapy.text import Number, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapy.explain.finding import Finding
    from mapy.model import Metadata
    from mapy.output.labels import Language

TITLE = Text("What these pictures give away")
MOST_FINDING_TAGS = 20
"""Names of tags that stand below a finding."""


class Picture(NamedTuple):
    """A picture of the report."""

    name: str
    metadata: Metadata | Unread
    findings: Sequence[Finding] = ()


def pieces(
    pictures: Iterable[Picture], *, with_tags: bool = True, language: Language = ENGLISH
) -> Iterator[str]:
    """The report, a section a picture; one picture at a time is in memory."""
    return html.page(TITLE, _sections(pictures, language, with_tags=with_tags), language)


def _sections(pictures: Iterable[Picture], language: Language, *, with_tags: bool) -> Iterator[str]:
    for picture in pictures:
        yield f"<section><h2>{html.name(picture.name)}</h2>\n"
        metadata = picture.metadata
        if isinstance(metadata, Unread):
            yield f"<p>{language.markup(metadata.text)}</p></section>\n"
            continue
        yield from _facts(metadata, picture.findings, language)
        yield from _findings(picture.findings, language)
        yield from _problems(metadata, language)
        yield "</section>\n"
        if with_tags:
            yield from _tags(picture.name, metadata, language)


def _facts(metadata: Metadata, findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """What weighs most, then what the file is, and where, when and with what it was taken."""
    summary = summary_of(Facts(metadata), findings)
    yield f"<p><strong>{language.markup(summary.headline)}</strong></p>\n<dl>"
    size = {"format": metadata.format, "size": Number(metadata.size)}
    rows = (
        (Text("File"), Text("{format}, {size} bytes", size)),
        (Text("Place"), summary.place),
        (Text("Time"), summary.time),
        (Text("Camera"), summary.camera),
    )
    for label, value in rows:
        if value is not None:
            said = f"<bdi>{language.markup(value)}</bdi>"
            yield f"<dt>{language.markup(label)}</dt><dd>{said}</dd>"
    yield "</dl>\n"
    if metadata.position is not None:
        yield from html.near(metadata.position, language)


def _findings(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    yield f"<h3>{language.markup(Text('What it gives away'))}</h3>\n"
    if not findings:
        yield f"<p>{language.markup(Text('No rule found anything.'))}</p>\n"
        return
    yield "<ul>\n"
    for finding in findings:
        subject = {"list": WEIGHTS[finding.weight], "item": SUBJECTS[finding.subject]}
        label = language.markup(Text("{list}, {item}", subject))
        what, why, removal = map(language.markup, (finding.what, finding.why, finding.removal))
        keys = dict.fromkeys(tag.key for tag in finding.evidence[:MOST_FINDING_TAGS])
        yield (
            f'<li><strong class="{finding.weight.value}">{label}:</strong>'
            f" {what} {why} <em>{removal}</em>"
            f' <span class="muted tags">{markup(", ".join(keys))}</span></li>\n'
        )
    yield "</ul>\n"


def _problems(metadata: Metadata, language: Language) -> Iterator[str]:
    if not metadata.problems:
        return
    yield f"<h3>{language.markup(Text('What could not be read'))}</h3>\n<ul>\n"
    for problem in metadata.problems:
        at = language.markup(Text("At byte {place}:", {"place": problem.span.offset}))
        yield f"<li>{at} {language.markup(problem.message)}</li>\n"
    yield "</ul>\n"


def _tags(name: str, metadata: Metadata, language: Language) -> Iterator[str]:
    tags = list(selected(metadata))
    caption = Text("Everything in {name}: {count} tags", {"name": name, "count": len(tags)})
    header = (Text("Tag"), Text("Group"), Text("Readable"), Text("Machine"), Text("Bytes"))
    return html.table(
        language.markup(caption),
        [language.markup(each) for each in header],
        (
            (
                markup(tag.name),
                markup(tag.group),
                html.name(shown(tag.readable)),
                html.name(shown(tag.machine)),
                html.name(f"{tag.offset}+{tag.length}") if tag.length else "",
            )
            for tag in tags
        ),
    )
