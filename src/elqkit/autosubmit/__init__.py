"""AutoSubmit: the rows of a CSV file become submissions of one Eloqua form.

with Connection(Access.of(settings)) as connection:
    form = connection.form("newsletter")
    sheet = read_sheet(content, "people.csv")
    prepared = prepare_sheet(sheet, form)
    print(prepared.rehearsal.payloads)          # nothing is sent
    plan = prepared.plan(connection.site_id)
    with folder.open(plan) as ledger:
        sending = Sending(plan, ledger, connection, form, Way.BATCH, speed=Speed(20, 4))
"""

from elqkit.autosubmit.access import Access, Connection, Way
from elqkit.autosubmit.forms import find_form, form_of_names
from elqkit.autosubmit.mapping import (
    Constant,
    Mapping,
    Match,
    MissingField,
    check_mapping,
    from_saved,
    suggest,
    with_constants,
)
from elqkit.autosubmit.plan import plan_of
from elqkit.autosubmit.preparing import (
    BadChoice,
    Choices,
    Prepared,
    Sheet,
    prepare_sheet,
    read_sheet,
)
from elqkit.autosubmit.rehearsal import Payload, Rehearsal, rehearse
from elqkit.autosubmit.results import Group, groups_of, reasons_of
from elqkit.autosubmit.rules import rules_of
from elqkit.autosubmit.saved_maps import BadMap, read_map, write_map
from elqkit.autosubmit.sending import Sending
from elqkit.autosubmit.side_effects import Effect, Notice, SideEffect, notices, side_effects
from elqkit.autosubmit.submissions import Submission, Submissions, prepare
from elqkit.autosubmit.transports import BatchTransport, PublicTransport, RestTransport
from elqkit.errors import NoSuchForm

__all__ = [
    "Access",
    "BadChoice",
    "BadMap",
    "BatchTransport",
    "Choices",
    "Connection",
    "Constant",
    "Effect",
    "Group",
    "Mapping",
    "Match",
    "MissingField",
    "NoSuchForm",
    "Notice",
    "Payload",
    "Prepared",
    "PublicTransport",
    "Rehearsal",
    "RestTransport",
    "Sending",
    "Sheet",
    "SideEffect",
    "Submission",
    "Submissions",
    "Way",
    "check_mapping",
    "find_form",
    "form_of_names",
    "from_saved",
    "groups_of",
    "notices",
    "plan_of",
    "prepare",
    "prepare_sheet",
    "read_map",
    "read_sheet",
    "reasons_of",
    "rehearse",
    "rules_of",
    "side_effects",
    "suggest",
    "with_constants",
    "write_map",
]
