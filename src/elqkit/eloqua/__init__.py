"""Oracle Eloqua, spoken to: sign-in, forms, and two ways to send a row.

    with Eloqua(Basic("Company", "user", password)) as eloqua:
        form = eloqua.form("42")
        receipt = RestForm(eloqua, form.id).submit([("101", "ada@example.com")])

Nothing is called but Eloqua's hosts and those that an administrator names. The connection needs
httpx2, which is loaded at the first call.
"""

from elqkit.eloqua.authorization import Authorization
from elqkit.eloqua.client import Eloqua
from elqkit.eloqua.credentials import Basic, OAuth, from_environment, from_file
from elqkit.eloqua.hosts import Hosts
from elqkit.eloqua.models import Batch, Field, Form, Site, Step, Submission, Validation
from elqkit.eloqua.pacing import Pace, Speed
from elqkit.eloqua.public_form import PublicForm
from elqkit.eloqua.receipts import Outcome, Receipt
from elqkit.eloqua.rest_form import Arrival, CorrelatedRow, RestForm, receipts
from elqkit.eloqua.tokens import TokenFile, TokenPlace, Tokens, TokensInMemory
from elqkit.eloqua.wire import Timeouts, Wire

__all__ = [
    "Arrival",
    "Authorization",
    "Basic",
    "Batch",
    "CorrelatedRow",
    "Eloqua",
    "Field",
    "Form",
    "Hosts",
    "OAuth",
    "Outcome",
    "Pace",
    "PublicForm",
    "Receipt",
    "RestForm",
    "Site",
    "Speed",
    "Step",
    "Submission",
    "Timeouts",
    "TokenFile",
    "TokenPlace",
    "Tokens",
    "TokensInMemory",
    "Validation",
    "Wire",
    "from_environment",
    "from_file",
    "receipts",
]
