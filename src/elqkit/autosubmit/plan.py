"""From submissions to the plan of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.runs.plan import Plan

if TYPE_CHECKING:
    from elqkit.autosubmit.submissions import Submission, Submissions


def plan_of(
    content: bytes, submissions: Submissions, site_id: str, form_id: str, *reading: str
) -> Plan[Submission]:
    """The plan that sends these submissions, and leaves out the rows with faults.

    Args:
        content: the file's bytes, by which its run is found again.
        submissions: its rows.
        site_id: Eloqua's number of the site.
        form_id: the form's id there.
        reading: what else makes the rows what they are: encoding, delimiter, fixes.
    """
    settings = (*reading, *submissions.mapping.settings())
    destination = f"eloqua site {site_id} form {form_id}"
    return Plan(submissions, content, destination, settings, submissions.skipped())
