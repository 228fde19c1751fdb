"""The options of an action, from the fields of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.api import Kind, Refusal
from safelight.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from safelight.api import Option, OptionValue

FLAGS = {"": False, "0": False, "false": False, "no": False, "off": False}
FLAGS |= {"1": True, "on": True, "true": True, "yes": True}
NOT_OPTIONS = frozenset({"csrf_token"})


def take_options(
    options: Iterable[Option], form: Mapping[str, list[str]]
) -> dict[str, OptionValue]:
    """The value of each option; None for one that was not given or left empty.

    Raises:
        Refusal: an unknown or repeated option, or a value that is no choice or too long.
    """
    known = {option.name: option for option in options}
    if set(form) - set(known) - NOT_OPTIONS:
        names = ", ".join(known) or sentence("none")
        raise Refusal(
            "option.unknown",
            "The form holds an option that does not exist.",
            sentence("There are: {names}.", names=names),
        )
    return {name: _take(option, form.get(name, [])) for name, option in known.items()}


def _take(option: Option, values: list[str]) -> OptionValue:
    if option.kind is Kind.LIST:
        return _take_list(option, values)
    if len(values) > 1:
        raise Refusal(
            "option.repeated",
            sentence("The option {name} came twice.", name=option.name),
            "Send it once.",
        )
    value = values[0] if values else ""
    if option.kind is Kind.FLAG:
        if value.lower() not in FLAGS:
            raise Refusal(
                "option.value",
                sentence("The option {name} is a switch.", name=option.name),
                "Send on or off.",
            )
        return FLAGS[value.lower()]
    if len(value) > option.max_length:
        raise Refusal(
            "option.too-long",
            sentence(
                "The option {name} is longer than {most} characters.",
                name=option.name,
                most=option.max_length,
            ),
            "Send a shorter one.",
        )
    if option.kind is Kind.CHOICE and value and value not in option.choices:
        raise _no_choice(option)
    return value or None


def _take_list(option: Option, values: list[str]) -> str | None:
    """The choices of a list with commas between them, each once; None where none came."""
    if sum(map(len, values)) > option.max_length:
        raise _no_choice(option)
    words = [word.strip() for value in values for word in value.split(",")]
    chosen = dict.fromkeys(filter(None, words))
    if all(word in option.choices for word in chosen):
        return ",".join(chosen) or None
    raise _no_choice(option)


def _no_choice(option: Option) -> Refusal:
    return Refusal(
        "option.value",
        sentence("The option {name} has a value that is none of its choices.", name=option.name),
        sentence("Choose from: {choices}.", choices=", ".join(option.choices)),
    )
