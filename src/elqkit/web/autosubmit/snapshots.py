"""A form as JSON, so that all steps and the run see the same one."""

from __future__ import annotations

import json

from elqkit.eloqua.models import Field, Form, Step, Validation


def dumps(form: Form) -> bytes:
    """A form, written down."""
    whole = form._asdict()
    whole["steps"] = [step._asdict() for step in form.steps]
    whole["fields"] = [
        {**field._asdict(), "validations": [rule._asdict() for rule in field.validations]}
        for field in form.fields
    ]
    return json.dumps(whole).encode()


def loads(content: bytes) -> Form:
    """A form as `dumps` wrote it."""
    whole = json.loads(content)
    whole["steps"] = tuple(Step(**step) for step in whole["steps"])
    whole["fields"] = tuple(
        Field(
            **{
                **field,
                "validations": tuple(Validation(**rule) for rule in field["validations"]),
                "options": tuple(field["options"]),
            }
        )
        for field in whole["fields"]
    )
    return Form(**whole)
