"""Finding a form by what people call it, and forms that nobody is signed in to read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from elqkit.autosubmit.mapping import RESERVED, is_email_name
from elqkit.eloqua.models import EMAIL, Field, Form, Validation
from elqkit.errors import NoSuchForm, NotSignedIn, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from elqkit.eloqua.client import Eloqua

MAX_LISTS = 100
"""Of the option lists that are read for one form."""
MAX_NAME_CHARS = 100
"""Of an HTML name; Eloqua's own limit is 50."""


def find_form(eloqua: Eloqua, wanted: str) -> Form:
    """The form of an id, an HTML name, or a name; whole, with fields, rules and steps.

    Raises:
        NoSuchForm: there is none, or several of that name: their ids tell them apart.
        EloquaError: Eloqua cannot be asked.
    """
    if wanted.isascii() and wanted.isdecimal():
        return with_options(eloqua, eloqua.form(wanted))
    found = _named(wanted, list(eloqua.forms()))
    if not found:  # a short list may leave the HTML names out
        found = _named(wanted, list(eloqua.forms(depth="partial")))
    if len(found) != 1:
        raise NoSuchForm(found)
    return with_options(eloqua, eloqua.form(found[0].id))


def with_options(eloqua: Eloqua, form: Form) -> Form:
    """The form, with the values of its fields' option lists as far as Eloqua shows them.

    Raises:
        EloquaError: Eloqua cannot be asked.
    """
    ids = dict.fromkeys(each.option_list_id for each in form.fields if each.option_list_id)
    known: dict[str, tuple[str, ...]] = {}
    for list_id in islice(ids, MAX_LISTS):
        try:
            known[list_id] = eloqua.options(list_id)
        except NotSignedIn:
            raise
        except Refused:  # a user may see a form and not its lists
            continue
    fields = (each._replace(options=known.get(each.option_list_id, ())) for each in form.fields)
    return form._replace(fields=tuple(fields))


def _named(wanted: str, forms: Sequence[Form]) -> list[Form]:
    """The forms of an HTML name; else of a name; else of a name in other capital letters."""
    return (
        [form for form in forms if form.html_name == wanted]
        or [form for form in forms if form.name == wanted]
        or [form for form in forms if form.name.casefold() == wanted.casefold()]
    )


def form_of_names(html_name: str, names: Iterable[str]) -> Form:
    """A form of which nothing but its name is known: its fields are those that a person names.

    What is called like an address is held to the rule for addresses; the form's own rules are known
    to Eloqua alone.
    """
    fields = tuple(_field(name) for name in dict.fromkeys(names) if is_html_name(name))
    return Form("", html_name, html_name, fields=fields)


def is_html_name(name: str) -> bool:
    """Whether a form's field may be called so: no spaces, and none of Eloqua's own names."""
    return (
        0 < len(name) <= MAX_NAME_CHARS
        and name.isprintable()
        and not any(letter.isspace() for letter in name)
        and name.lower() not in RESERVED
    )


def _field(name: str) -> Field:
    rules = (Validation(EMAIL, ""),) if is_email_name(name) else ()
    # Large text: how long a value may be is not known.
    return Field("", name, name, "largeText", "text", validations=rules)
