"""AutoSubmit: the rows of a CSV file become submissions of one Eloqua form.

mapping = suggest(table.header, form)
submissions = prepare(report.table, form, mapping)
print(rehearse(submissions, form).payloads)     # nothing is sent
plan = plan_of(content, submissions, ...)       # for elqkit.runs
"""

from elqkit.autosubmit.mapping import Mapping, Match, MissingField, check_mapping, suggest
from elqkit.autosubmit.plan import plan_of
from elqkit.autosubmit.rehearsal import Payload, Rehearsal, rehearse
from elqkit.autosubmit.rules import rules_of
from elqkit.autosubmit.submissions import Submission, Submissions, prepare
from elqkit.autosubmit.transports import BatchTransport, PublicTransport, RestTransport

__all__ = [
    "BatchTransport",
    "Mapping",
    "Match",
    "MissingField",
    "Payload",
    "PublicTransport",
    "Rehearsal",
    "RestTransport",
    "Submission",
    "Submissions",
    "check_mapping",
    "plan_of",
    "prepare",
    "rehearse",
    "rules_of",
    "suggest",
]
