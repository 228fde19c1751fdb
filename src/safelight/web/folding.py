"""Templates, compiled for one language: what they say without values stands in them.

A page says a hundred sentences. To look each of them up again for each reply costs as much as
reading a picture; in a template that is compiled for one language it is a part of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from gettext import NullTranslations

_CALLS = frozenset({"_", "gettext"})


class FoldingEnvironment(Environment):
    """An environment for templates of one language."""

    catalogue: NullTranslations | None = None
    """What they are compiled for."""

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
