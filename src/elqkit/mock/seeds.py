"""The forms of the mock, written as Eloqua answers them: every number and boolean is a string."""

from __future__ import annotations

from itertools import count
from typing import Any, TypeAlias

Asset: TypeAlias = dict[str, Any]
UPDATED_AT = "1760000000"
REQUIRED = {"type": "IsRequiredCondition"}
EMAIL = {"type": "IsEmailAddressCondition"}
NO_URL = {"type": "PreventUrlCondition"}
MESSAGES = {
    "IsRequiredCondition": "This field is required",
    "IsEmailAddressCondition": "A valid email address is required",
    "PreventUrlCondition": "Value must not contain any URLs",
    "TextLengthCondition": "Invalid length for field value",
}


def length(maximum: int) -> Asset:
    """The rule for the length of a text."""
    return {"type": "TextLengthCondition", "minimum": "0", "maximum": str(maximum)}


class _Ids:
    """Numbers as Eloqua gives them: one after the other, as strings."""

    def __init__(self) -> None:
        self._numbers = count(101)

    def field(
        self,
        html_name: str,
        name: str,
        *conditions: Asset,
        shown: str = "text",
        default: str = "",
        options: str = "",
    ) -> Asset:
        listed = {"optionListId": options} if options else {}
        return {
            **listed,
            "type": "FormField",
            "id": str(next(self._numbers)),
            "name": name,
            "htmlName": html_name,
            "dataType": "largeText" if shown == "textArea" else "text",
            "displayType": shown,
            "defaultValue": default,
            "validations": [
                {
                    "type": "FieldValidation",
                    "id": str(next(self._numbers)),
                    "isEnabled": "true",
                    "message": MESSAGES[condition["type"]],
                    "condition": condition,
                }
                for condition in conditions
            ],
        }

    def step(self, type_: str, name: str, execute: str = "always") -> Asset:
        return {
            "type": type_,
            "id": str(next(self._numbers)),
            "name": name,
            "execute": execute,
            "hasValidationIssue": "false",
        }


def forms() -> list[Asset]:
    """One form each: plain, with a redirect, protected, nested, internal, with lists."""
    ids = _Ids()
    email = ("emailAddress", "Email address", REQUIRED, EMAIL)
    guid = ("elqCustomerGUID", "Visitor")
    newsletter = _form("1", "Newsletter sign-up", "newsletter", [
        ids.field(*email),
        ids.field("firstName", "First name", length(35), NO_URL),
        ids.field("lastName", "Last name", length(35), NO_URL),
        ids.field("company", "Company", length(100)),
        ids.field("phone", "Phone", length(35)),
        ids.field("comment", "Comment", length(1000), shown="textArea"),
        ids.field("consent", "Send me news", shown="checkbox"),
        ids.field("source", "Source", shown="hidden", default="web"),
        ids.field(*guid, shown="hidden"),
        ids.field("send", "Submit", shown="submit"),
    ], [ids.step("FormStepCreateUpdateContactFromFormField", "Update Contacts - With Form Data"),
        ids.step("FormStepAddToContactList", "Add to the list Newsletter")])  # fmt: skip
    event = _form("2", "Webinar registration", "webinar", [
        ids.field(*email),
        ids.field("fullName", "Full name", REQUIRED, length(100)),
        ids.field("topics", "Topics", shown="multiSelect"),
    ], [ids.step("FormStepAddToCampaign", "Add to the campaign Webinar", "conditionally"),
        ids.step("FormStepSendEmail", "Send the confirmation"),
        ids.step("FormStepRedirectToWebPage", "Thank you page")])  # fmt: skip
    contest = _form("3", "Contest", "contest", [
        ids.field(*email),
        ids.field("answer", "Answer", length(100)),
    ], [], isFormSpamProtectionEnabled="true", honeypot="onboardSubmit")  # fmt: skip
    group = {"type": "FormFieldGroup", "name": "Person", "fields": [ids.field(*email)]}
    stages = [{"type": "ProgressiveProfileStage", "fields": [ids.field("jobTitle", "Job title")]}]
    contact = _form(
        "4", "Contact us", "contact-us",
        [group, {"type": "ProgressiveProfile", "stages": stages}],
        [ids.step("FormStepSendNotificationEmail", "Tell sales", "never")],
    )  # fmt: skip
    internal = _form("5", "Internal import", "internal", [ids.field(*email)], [], isHidden="true")
    survey = _form("6", "Customer survey", "survey", [
        ids.field(*email),
        ids.field("country", "Country", shown="singleSelect", options="1"),
        ids.field("topics", "Topics", shown="multiSelect", options="2"),
        ids.field(*guid, shown="hidden"),
    ], [])  # fmt: skip
    return [newsletter, event, contest, contact, internal, survey]


def option_lists() -> list[Asset]:
    """The lists that fields take their values from: what is shown, and what is sent."""
    countries = (
        ("Germany", "DE"), ("France", "FR"), ("Italy", "IT"), ("Spain", "ES"),
        ("Portugal", "PT"), ("Egypt", "EG"), ("Jordan", "JO"),
    )  # fmt: skip
    topics = (("Products", "products"), ("Events", "events"))
    return [
        {
            "type": "OptionList",
            "id": id_,
            "name": name,
            "elements": [
                {"type": "Option", "displayName": shown, "value": value} for shown, value in options
            ],
        }
        for id_, name, options in (("1", "Countries", countries), ("2", "Topics", topics))
    ]


def _form(
    id_: str, name: str, html_name: str, elements: list[Asset], steps: list[Asset], **more: str
) -> Asset:
    return {
        "type": "Form",
        "id": id_,
        "name": name,
        "htmlName": html_name,
        "currentStatus": "Draft",
        "updatedAt": UPDATED_AT,
        "isHidden": "false",
        "archived": "false",
        "isFormSpamProtectionEnabled": "false",
        "elements": elements,
        "processingSteps": steps,
        **more,
    }
