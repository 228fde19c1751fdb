"""What a form does with each row besides storing it, in plain words: before anything is sent.

Eloqua runs a form's processing steps for every submission, as for a visitor's. Some cannot be taken
back: an e-mail is sent, a contact enters a campaign. Those need a person's word of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
import re
from typing import TYPE_CHECKING

from elqkit.text import Text

if TYPE_CHECKING:
    from elqkit.eloqua.models import Field, Form, Step

WHEN = {
    "always": Text("for each row"),
    "conditionally": Text("for rows that meet its condition"),
}


class Effect(Enum):
    """What a step does, in a sentence."""

    REDIRECT = Text("Leads a visitor to another page. Rows sent by a program go nowhere.")
    SUBSCRIPTION = Text("Changes what the contact is subscribed to.")
    NOTIFICATION = Text("Sends a notification e-mail to somebody.")
    EMAIL = Text("Sends an e-mail to the contact.")
    CAMPAIGN = Text("Adds the contact to a campaign, which may send e-mails.")
    PROGRAM = Text("Adds the contact to a program, which may send e-mails.")
    OUTSIDE = Text("Hands the row to another system.")
    LIST = Text("Adds the contact to a list or group.")
    CUSTOM_OBJECT = Text("Creates or updates a record of a custom object.")
    ACCOUNT = Text("Creates or updates an account.")
    CONTACT = Text("Creates or updates a contact.")
    OTHER = Text("Does something that ElqKit has no name for.")

    @property
    def needs_consent(self) -> bool:
        """Whether it reaches people or other systems, and cannot be taken back."""
        return self in _WEIGHTY


_WEIGHTY = frozenset(
    {
        Effect.SUBSCRIPTION,
        Effect.NOTIFICATION,
        Effect.EMAIL,
        Effect.CAMPAIGN,
        Effect.PROGRAM,
        Effect.OUTSIDE,
        Effect.OTHER,
    }
)

# Eloqua documents few of its types: known by the words in them, the first that fits.
_BY_TYPE = (
    ("redirect", Effect.REDIRECT),
    ("subscri|emailgroup", Effect.SUBSCRIPTION),
    ("notif", Effect.NOTIFICATION),
    ("campaign", Effect.CAMPAIGN),
    ("program|canvas", Effect.PROGRAM),
    ("email", Effect.EMAIL),
    ("crm|integration|postdata|server|external|cloud|webservice", Effect.OUTSIDE),
    ("contactlist|contactgroup|list|group", Effect.LIST),
    ("customobject|customdata|datacard|customvalues", Effect.CUSTOM_OBJECT),
    ("account|company", Effect.ACCOUNT),
    ("contact|prospect", Effect.CONTACT),
)


@dataclass(frozen=True, slots=True)
class SideEffect:
    """One processing step of a form."""

    name: str
    """As the form's maker called it."""
    effect: Effect
    when: Text
    """`for each row`, or under a condition."""

    @property
    def needs_consent(self) -> bool:
        """Whether a person has to agree to it."""
        return self.effect.needs_consent


def side_effects(form: Form) -> tuple[SideEffect, ...]:
    """What the form's enabled steps will do, those that need consent first."""
    found = (
        SideEffect(step.name, effect_of(step), WHEN.get(step.execute, WHEN["always"]))
        for step in form.steps
        if step.is_enabled
    )
    return tuple(sorted(found, key=lambda each: not each.needs_consent))


def effect_of(step: Step) -> Effect:
    """What a step does, by the words in its type."""
    kind = step.type.lower().removeprefix("formstep")
    return next((effect for words, effect in _BY_TYPE if re.search(words, kind)), Effect.OTHER)


class Notice(Enum):
    """Something about a form that a person should know before sending, in a sentence."""

    HIDDEN = Text("The form is internal: Eloqua drops what is sent to it from outside.")
    ARCHIVED = Text("The form is archived.")
    PROTECTED = Text("The form has a spam protection, so each row takes some seconds more.")
    NO_CONTACT = Text(
        "Rows sent signed in reach no contact: the form has no hidden field elqCustomerGUID."
    )
    DATES = Text(
        "The form has dates. Sent signed in, they are seconds since 1970:"
        ' the fix "date format" writes them so.'
    )
    LISTS = Text("A field takes values of a list that Eloqua does not show: they are not checked.")
    UNREAD = Text(
        "Nobody is signed in, so the form's fields, rules and processing steps are not known."
    )


def notices(form: Form, *, is_public: bool) -> tuple[Notice, ...]:
    """What to know of a form; `is_public` if rows go as a visitor's do."""
    if not form.id:
        return (Notice.UNREAD,)
    found = (
        (Notice.HIDDEN, form.is_hidden and is_public),
        (Notice.ARCHIVED, form.is_archived),
        (Notice.PROTECTED, form.is_spam_protected and is_public),
        (Notice.NO_CONTACT, not is_public and not form.can_map_contacts),
        (Notice.DATES, not is_public and any(_is_date(field) for field in form.fields)),
        (Notice.LISTS, any(_has_unread_list(field) for field in form.fields)),
    )
    return tuple(notice for notice, holds in found if holds)


def _is_date(field: Field) -> bool:
    return field.data_type.lower() == "date"


def _has_unread_list(field: Field) -> bool:
    return bool(field.option_list_id) and field.takes_one and not field.options
