"""The side-effect card: what a form does with each row, and what a person has to agree to."""

from __future__ import annotations

import pytest

from elqkit.autosubmit.side_effects import Effect, Notice, effect_of, notices, side_effects
from elqkit.eloqua.models import Field, Form, Step


def step(kind: str, execute: str = "always") -> Step:
    """A processing step of a type."""
    return Step("1", kind, f"the {kind}", execute)


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        ("FormStepCreateUpdateContactFromFormField", Effect.CONTACT),
        ("FormStepCreateUpdateAccountFromFormField", Effect.ACCOUNT),
        ("FormStepCreateUpdateCustomObjectFromFormField", Effect.CUSTOM_OBJECT),
        ("FormStepAddToContactList", Effect.LIST),
        ("FormStepAddToCampaign", Effect.CAMPAIGN),
        ("FormStepAddToProgram", Effect.PROGRAM),
        ("FormStepAddToDataCanvas", Effect.PROGRAM),
        ("FormStepSendEmail", Effect.EMAIL),
        ("FormStepSendNotificationEmail", Effect.NOTIFICATION),
        ("FormStepSubscribeToEmailGroup", Effect.SUBSCRIPTION),
        ("FormStepRedirectToWebPage", Effect.REDIRECT),
        ("FormStepPostDataToServer", Effect.OUTSIDE),
        ("FormStepOfTheFuture", Effect.OTHER),
    ],
)
def test_a_step_is_told_in_plain_words(kind: str, effect: Effect) -> None:
    """By the words in its type; one that nobody knows is not passed over."""
    assert effect_of(step(kind)) is effect


def test_what_reaches_people_needs_consent_and_stands_first() -> None:
    """A step that never runs is no effect; one with a condition says so."""
    steps = (
        step("FormStepAddToContactList"),
        step("FormStepSendEmail", "conditionally"),
        step("FormStepAddToCampaign", "never"),
    )
    found = side_effects(Form("1", "F", "f", steps=steps))
    assert [(each.effect, each.needs_consent, each.when) for each in found] == [
        (Effect.EMAIL, True, "for rows that meet its condition"),
        (Effect.LIST, False, "for each row"),
    ]


def test_what_cannot_be_taken_back_is_all_that_needs_consent() -> None:
    """E-mails, campaigns, programs, subscriptions, other systems, and what nobody knows."""
    assert {effect.name for effect in Effect if not effect.needs_consent} == {
        "REDIRECT",
        "LIST",
        "CUSTOM_OBJECT",
        "ACCOUNT",
        "CONTACT",
    }


@pytest.mark.parametrize(
    ("form", "is_public", "expected"),
    [
        (Form("", "f", "f"), True, (Notice.UNREAD,)),
        (Form("1", "F", "f", is_hidden=True), True, (Notice.HIDDEN,)),
        (Form("1", "F", "f", is_archived=True), True, (Notice.ARCHIVED,)),
        (Form("1", "F", "f", is_spam_protected=True), True, (Notice.PROTECTED,)),
        (Form("1", "F", "f"), False, (Notice.NO_CONTACT,)),
        (
            Form("1", "F", "f", fields=(Field("9", "Day", "day", "date", "text"),)),
            False,
            (Notice.NO_CONTACT, Notice.DATES),
        ),
        (
            Form("1", "F", "f", fields=(Field("9", "G", "elqCustomerGUID", "text", "hidden"),)),
            False,
            (),
        ),
    ],
)
def test_what_to_know_of_a_form_is_said(
    form: Form, is_public: bool, expected: tuple[Notice, ...]
) -> None:
    """For the way that rows go."""
    assert notices(form, is_public=is_public) == expected
