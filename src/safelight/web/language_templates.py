"""Templates, compiled once for each language: what they say without values stands in them.

A page says a hundred sentences. To look each of them up again for each reply costs as much as
reading a picture; in a template that is compiled for one language it is a part of the text.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from flask import Flask
    from flask.sansio.app import App
    from jinja2 import Template

_CALLS = frozenset({"_", "gettext"})


class LanguageEnvironment(Environment):
    """An environment that has one of its own for each catalogue."""

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self.catalogue: NullTranslations | None = None
        """What its templates are compiled for; None: each is asked of the environment for it."""
        self._current: Callable[[], NullTranslations] = NullTranslations
        self._by_catalogue: dict[NullTranslations, LanguageEnvironment] = {}

    def speak(self, current: Callable[[], NullTranslations]) -> None:
        """Compile templates for the catalogue that `current` gives when one is wanted."""
        self._current = current

    def _load_template(
        self,
        name: str,
        globals: MutableMapping[str, Any] | None,  # noqa: A002 - Jinja's name
    ) -> Template:
        if self.catalogue is not None:
            return super()._load_template(name, globals)
        catalogue = self._current()
        if catalogue not in self._by_catalogue:
            own = self.overlay()
            own.catalogue = catalogue
            self._by_catalogue[catalogue] = own
        return self._by_catalogue[catalogue].get_template(name, globals=globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.catalogue is not None:
            _Saying(self.catalogue).visit(template)
        return template


class _Saying(NodeTransformer):
    """Puts the translation in the place of `_("a sentence")`."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self._catalogue = catalogue

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        """A sentence without values is the same in every reply."""
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name=name),
                args=[nodes.Const(value=str(sentence))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ) if name in _CALLS:
                said = self._catalogue.gettext(sentence) % {}
                return nodes.MarkSafe(nodes.Const(said), lineno=node.lineno)
        return node


def environment_of(app: Flask) -> LanguageEnvironment:
    """The application's own.

    Raises:
        TypeError: the application was made with another kind.
    """
    environment = app.jinja_env
    if not isinstance(environment, LanguageEnvironment):
        raise TypeError(environment)
    return environment
