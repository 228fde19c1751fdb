"""The application's templates, compiled once for each language that somebody asks for."""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from flask.templating import Environment

from safelight.web.folding import FoldingEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from flask import Flask
    from flask.sansio.app import App
    from jinja2 import Template


class LanguageEnvironment(FoldingEnvironment, Environment):
    """An environment that has one of its own for each catalogue, and compiles nothing itself."""

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
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


def environment_of(app: Flask) -> LanguageEnvironment:
    """The application's own.

    Raises:
        TypeError: the application was made with another kind.
    """
    environment = app.jinja_env
    if not isinstance(environment, LanguageEnvironment):
        raise TypeError(environment)
    return environment
