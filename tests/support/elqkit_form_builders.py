"""Forms of Eloqua with a few fields."""

from __future__ import annotations

from elqkit.eloqua.models import EMAIL, LENGTH, REQUIRED, Field, Form, Validation


def field(html_name: str, name: str = "", *conditions: str, **more: str) -> Field:
    """A field with rules by the types of their conditions; `LENGTH` is 35 here."""
    rules = [
        Validation(condition, "", 0, 35) if condition == LENGTH else Validation(condition, "")
        for condition in conditions
    ]
    return Field(
        id=more.get("id", f"id-{html_name}"),
        name=name or html_name,
        html_name=html_name,
        data_type=more.get("data_type", "text"),
        display_type="text",
        option_list_id=more.get("option_list_id", ""),
        validations=tuple(rules),
    )


def form(*fields: Field) -> Form:
    """A form with these fields; by default an e-mail address, a first name and a company."""
    usual = (
        field("emailAddress", "Email Address", REQUIRED, EMAIL),
        field("firstName", "First Name", LENGTH),
        field("company", "Company"),
    )
    return Form(id="7", name="Newsletter", html_name="newsletter", fields=fields or usual)
