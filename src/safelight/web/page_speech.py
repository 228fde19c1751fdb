"""How sentences are said within a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from markupsafe import Markup, escape

from safelight.speaking import Speech

if TYPE_CHECKING:
    from safelight.sentences import Sentence


class PageSpeech(Speech):
    """A speech whose sentences are HTML: what is escaped stays so, a name turns none around."""

    def __call__(self, one: str, many: str = "", count: int = 1, /) -> str:
        """An English sentence in that language; of two the one for a count."""
        return escape(super().__call__(one, many, count))

    def name(self, value: str, /) -> str:
        """A name or a value of the user's, with a direction of its own."""
        return Markup("<bdi>{}</bdi>").format(value)


def said(sentence: str | Sentence, speech: Speech) -> str:
    """A sentence as text."""
    return sentence.translated(speech) if is_sentence(sentence) else speech(str(sentence))


def shown(sentence: str | Sentence, speech: Speech) -> str:
    """A sentence as a page says it: one with values as HTML, any other as text to be escaped."""
    if is_sentence(sentence):
        return sentence.translated(PageSpeech(speech.language, speech.catalogue))
    return speech(str(sentence))


def is_sentence(text: str | Sentence) -> TypeGuard[Sentence]:
    """Whether a text knows how it is said in other languages."""
    # Asked by its method: whether it is of a protocol takes longer to find out than all else.
    return type(text) is not str and hasattr(text, "translated")
