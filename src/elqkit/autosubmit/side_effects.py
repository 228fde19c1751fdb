"""What a form does with each row besides storing it, in plain words: before anything is sent.

Eloqua runs a form's processing steps for every submission, as for a visitor's. Some cannot be taken
back: an e-mail is sent, a contact enters a campaign. Those need a person's word of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from elqkit.eloqua.models import Field, Form, Step

WHEN = {"always": "for each row", "conditionally": "for rows that meet its condition"}


class Effect(Enum):
    """What a step does, in a sentence."""

    REDIRECT = "Leads a visitor to another page. Rows sent by a program go nowhere."
    SUBSCRIPTION = "Changes what the contact is subscribed to."
    NOTIFICATION = "Sends a notification e-mail to somebody."
    EMAIL = "Sends an e-mail to the contact."
    CAMPAIGN = "Adds the contact to a campaign, which may send e-mails."
    PROGRAM = "Adds the contact to a program, which may send e-mails."
    OUTSIDE = "Hands the row to another system."
    LIST = "Adds the contact to a list or group."
    CUSTOM_OBJECT = "Creates or updates a record of a custom object."
    ACCOUNT = "Creates or updates an account."
    CONTACT = "Creates or updates a contact."
    OTHER = "Does something that ElqKit has no name for."

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
    when: str
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

    HIDDEN = "The form is internal: Eloqua drops what is sent to it from outside."
    ARCHIVED = "The form is archived."
    PROTECTED = "The form has a spam protection, so each row takes some seconds more."
    NO_CONTACT = (
        "Rows sent signed in reach no contact: the form has no hidden field elqCustomerGUID."
    )
    DATES = (
        "The form has dates. Sent signed in, they are seconds since 1970:"
        ' the fix "date format" writes them so.'
    )
    UNREAD = "Nobody is signed in, so the form's fields, rules and processing steps are not known."


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
    )
    return tuple(notice for notice, holds in found if holds)


def _is_date(field: Field) -> bool:
    return field.data_type.lower() == "date"
