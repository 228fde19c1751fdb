"""What Eloqua has, as values: the site, its forms, submissions and batches.

Eloqua's own names of states and types are kept as strings, because new ones appear with its
releases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from elqkit.eloqua.answers import faults_in
from elqkit.eloqua.shapes import every_object, nested, number, objects, text, truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elqkit.errors import Fault

REQUIRED, EMAIL, LENGTH = "IsRequiredCondition", "IsEmailAddressCondition", "TextLengthCondition"
GUID_FIELD = "elqCustomerGUID"
MANY = frozenset({"multiselect", "checkbox", "hidden"})
"""The display types, in small letters, whose values need not be one of a list."""


class Site(NamedTuple):
    """Whose Eloqua it is, and where its API answers. The first answer of every session."""

    id: str
    name: str
    user: str
    base: str
    """`https://secure.p01.eloqua.com`, no slash at the end. It changes when the instance moves."""

    @property
    def form_url(self) -> str:
        """Where the site's public forms are sent to."""
        return f"https://s{self.id}.t.eloqua.com/e/f2"

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Site:
        """From the body of `/id`."""
        site, user, urls = nested(body, "site"), nested(body, "user"), nested(body, "urls")
        name = text(user, "username") or text(user, "displayName")
        return cls(text(site, "id"), text(site, "name"), name, text(urls, "base").rstrip("/"))


class Validation(NamedTuple):
    """A rule that Eloqua holds a field's values to."""

    condition: str
    """Its type: `IsRequiredCondition`, `TextLengthCondition`, ..."""
    message: str
    minimum: int | None = None
    maximum: int | None = None

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Validation:
        """From an item of a field's `validations`."""
        condition = nested(body, "condition")
        limits = number(condition, "minimum"), number(condition, "maximum")
        return cls(text(condition, "type"), text(body, "message"), *limits)


class Field(NamedTuple):
    """A field of a form."""

    id: str
    name: str
    html_name: str
    data_type: str
    display_type: str
    default: str = ""
    option_list_id: str = ""
    validations: tuple[Validation, ...] = ()
    options: tuple[str, ...] = ()
    """The values of its option list; empty where it has none, or none that is known."""

    @property
    def is_required(self) -> bool:
        """Whether Eloqua refuses a row without it."""
        return any(each.condition == REQUIRED for each in self.validations)

    @property
    def is_email(self) -> bool:
        """Whether Eloqua wants an e-mail address."""
        return any(each.condition == EMAIL for each in self.validations)

    @property
    def takes_one(self) -> bool:
        """Whether a value is one of its list: how Eloqua joins several is not documented."""
        return self.display_type.lower() not in MANY

    @property
    def max_chars(self) -> int | None:
        """The longest value, if Eloqua says so."""
        return next((v.maximum for v in self.validations if v.condition == LENGTH), None)

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Field:
        """From an element of type `FormField`; rules that are switched off are left out."""
        rules = [
            item for item in objects(body, "validations") if text(item, "isEnabled") != "false"
        ]
        return cls(
            text(body, "id"),
            text(body, "name"),
            text(body, "htmlName"),
            text(body, "dataType"),
            text(body, "displayType"),
            text(body, "defaultValue"),
            text(body, "optionListId"),
            tuple(Validation.of(item) for item in rules),
        )


class Step(NamedTuple):
    """What a submission sets off: a contact is updated, an e-mail sent, ..."""

    id: str
    type: str
    name: str
    execute: str
    """`always`, `conditionally` or `never`."""

    @property
    def is_enabled(self) -> bool:
        """Whether it may run."""
        return self.execute != "never"

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Step:
        """From an item of `processingSteps`."""
        return cls(text(body, "id"), text(body, "type"), text(body, "name"), text(body, "execute"))


class Form(NamedTuple):
    """A form. From a list it has no fields and no steps: ask for it by its id."""

    id: str
    name: str
    html_name: str
    is_hidden: bool = False
    """An internal form: what is sent to it from outside is dropped."""
    is_archived: bool = False
    is_spam_protected: bool = False
    updated_at: str = ""
    """Seconds since 1970, as Eloqua writes it."""
    fields: tuple[Field, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def can_map_contacts(self) -> bool:
        """Whether rows sent by REST may reach a contact: Eloqua wants a hidden field for it."""
        return any(field.html_name.lower() == GUID_FIELD.lower() for field in self.fields)

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Form:
        """From an asset; fields inside groups and progressive profiles are found, too."""
        found = every_object(body.get("elements"))
        fields = (Field.of(item) for item in found if text(item, "type") == "FormField")
        return cls(
            text(body, "id"),
            text(body, "name"),
            text(body, "htmlName"),
            truth(body, "isHidden"),
            truth(body, "archived"),
            truth(body, "isFormSpamProtectionEnabled"),
            text(body, "updatedAt"),
            tuple(field for field in fields if field.display_type != "submit"),
            tuple(Step.of(item) for item in objects(body, "processingSteps")),
        )


class Submission(NamedTuple):
    """A row that Eloqua has. The values are people's: its `repr` leaves them out."""

    id: str
    row_id: str
    correlation_id: str
    status: str
    """`Queued`, `InProgress`, `Error` or `Success`; empty where Eloqua does not say."""
    submitted_at: int | None
    """Seconds since 1970."""
    values: Mapping[str, str]
    """By the id of the field."""
    faults: tuple[Fault, ...] = ()
    step_errors: tuple[str, ...] = ()
    """The names of processing steps that failed, with their error codes."""
    block_reason: str = ""
    """Why it was taken for spam."""

    def __repr__(self) -> str:
        return f"Submission(id={self.id!r}, status={self.status!r}, {len(self.values)} values)"

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Submission:
        """From a `FormData` or `FormSpamData` object."""
        return cls(
            text(body, "id"),
            text(body, "rowId"),
            text(body, "correlationId"),
            text(body, "currentStatus"),
            number(body, "submittedAt"),
            {text(each, "id"): text(each, "value") for each in objects(body, "fieldValues")},
            tuple(faults_in(body.get("validationErrors"))),
            tuple(_step_error(each) for each in objects(body, "processingStepErrors")),
            text(body, "blockReason"),
        )


class Batch(NamedTuple):
    """Rows that were handed over together, and how far Eloqua has come with them."""

    id: str
    correlation_id: str
    status: str
    """`Queued`, `InProgress`, `Warning`, `Error` or `Success`."""
    elements: tuple[Submission, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing more will change."""
        return self.status.lower() in ("success", "warning", "error")

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Batch:
        """From an `AsyncFormSubmissionBatch` object."""
        return cls(
            text(body, "id"),
            text(body, "batchCorrelationId"),
            text(body, "currentBatchStatus"),
            tuple(Submission.of(item) for item in objects(body, "elements")),
        )


def _step_error(body: Mapping[str, Any]) -> str:
    return f"{text(body, 'processingStepDisplayName')} ({text(body, 'errorCode')})"
