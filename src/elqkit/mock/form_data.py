"""`/API/REST/2.0/data/form/{id}`: rows sent signed in, one by one or as batches, and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elqkit.mock.assets import NOT_FOUND, parameter_error, slice_of
from elqkit.mock.exchange import Response, as_json
from elqkit.mock.rules import breaches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elqkit.mock.exchange import Request
    from elqkit.mock.seeds import Asset
    from elqkit.mock.site import Row, Site

MAX_ROWS_OF_BATCH = 100
FORBIDDEN = Response(403)


def submit(site: Site, request: Request, form_id: str) -> Response:
    """Take one row: 201 with the row, or 400 with what is refused."""
    form, body = site.forms.get(form_id), request.json
    if form is None:
        return NOT_FOUND
    if not isinstance(body, dict):
        return parameter_error("body", "")
    values = _values(body)
    if found := breaches(form, values):
        return as_json([breach.error for breach in found], 400)
    return as_json(_shown(site.store(form, values)), 201)


def listed(site: Site, request: Request, form_id: str) -> Response:
    """The stored rows of a form."""
    if form_id not in site.forms:
        return NOT_FOUND
    with site.lock:
        rows = [row for row in site.rows.values() if row.form_id == form_id]
    return slice_of(request, [_shown(row) for row in _between(request, rows)])


def spam(site: Site, request: Request, form_id: str) -> Response:
    """What a form took for spam; not every site has this list."""
    if "no-spam-list" in site.faults:
        return FORBIDDEN
    with site.lock:
        rows = [row for row in site.spam if row.form_id == form_id]
    return slice_of(request, [_shown(row) for row in _between(request, rows)])


def delete(site: Site, _: Request, form_id: str, row_id: str) -> Response:
    """Take a stored row away."""
    with site.lock:
        row = site.rows.get(row_id)
        if row is None or row.form_id != form_id:
            return NOT_FOUND
        del site.rows[row_id]
    return Response(site.faults.number("datarow", 201))


def submit_batch(site: Site, request: Request, form_id: str) -> Response:
    """Take rows together. One known correlation id, and the whole batch is refused."""
    form, body = site.forms.get(form_id), request.json
    if "no-batch" in site.faults:
        return Response(site.faults.number("no-batch", 404))
    if form is None:
        return NOT_FOUND
    elements = body.get("elements") if isinstance(body, dict) else None
    limit = site.faults.number("batch-limit", MAX_ROWS_OF_BATCH)
    if not isinstance(elements, list) or not 0 < len(elements) <= limit:
        return parameter_error("elements", "")
    return _batch(site, form, str(body.get("batchCorrelationId", "")), elements)


def _batch(site: Site, form: Asset, batch_id: str, elements: list[Any]) -> Response:
    """Keep a batch, unless an id of it is known."""
    with site.lock:
        ids = [_correlation_id(each) for each in elements]
        known = site.correlation_ids.intersection(ids) or len(set(ids)) < len(ids)
        if site.faults.fires("duplicate-correlation") or batch_id in site.batches or known:
            return _duplicate(batch_id)
        site.correlation_ids.update(ids)
        batch: Asset = {
            "type": "AsyncFormSubmissionBatch",
            "id": site.next_id(),
            "batchCorrelationId": batch_id,
            "currentBatchStatus": "Queued",
            "elements": [_taken(site, form, element) for element in elements],
        }
        site.batches[batch_id] = {**batch, "formId": form["id"]}
        return as_json(_under_way(batch, "Queued"), 201)


def batch_by_correlation(site: Site, _: Request, form_id: str, correlation_id: str) -> Response:
    """The state of a batch by the sender's own id; done when it is asked for twice."""
    with site.lock:
        batch = site.batches.get(correlation_id)
        if batch is None or batch["formId"] != form_id:
            return NOT_FOUND
        shown = {key: value for key, value in batch.items() if key != "formId"}
        if batch["currentBatchStatus"] == "Queued":
            batch["currentBatchStatus"] = "InProgress"
            return as_json(_under_way(batch, "InProgress"))
        failed = any(each["validationErrors"] for each in shown["elements"])
        batch["currentBatchStatus"] = shown["currentBatchStatus"] = (
            "Warning" if failed else "Success"
        )
    return as_json(shown)


def _under_way(batch: Asset, status: str) -> Asset:
    """A batch as it is shown before its rows are looked at."""
    elements = [
        {
            "type": "FormData",
            "correlationId": each["correlationId"],
            "currentStatus": status,
            "validationErrors": [],
        }
        for each in batch["elements"]
    ]
    shown = {key: value for key, value in batch.items() if key != "formId"}
    return {**shown, "currentBatchStatus": status, "elements": elements}


def batch_by_id(site: Site, request: Request, form_id: str, batch_id: str) -> Response:
    """The state of a batch by Eloqua's id."""
    with site.lock:
        found = [key for key, batch in site.batches.items() if batch["id"] == batch_id]
    return batch_by_correlation(site, request, form_id, found[0]) if found else NOT_FOUND


def _taken(site: Site, form: Asset, element: Asset) -> Asset:
    """A row of a batch: stored, or with what is refused."""
    values, correlation_id = _values(element), _correlation_id(element)
    if found := breaches(form, values):
        return {
            "type": "FormData",
            "correlationId": correlation_id,
            "currentStatus": "Error",
            "validationErrors": [breach.error for breach in found],
        }
    return _shown(site.store(form, values, correlation_id))


def _shown(row: Row) -> Asset:
    """A row as REST shows it."""
    spam = {"blockReason": row.block_reason} if row.block_reason else {}
    return {
        "type": "FormSpamData" if spam else "FormData",
        "id": row.id,
        "rowId": int(row.id),
        "currentStatus": "Success",
        "correlationId": row.correlation_id,
        "submittedAt": str(row.submitted_at),
        "fieldValues": [
            {"type": "FieldValue", "id": id_, "value": value} for id_, value in row.values.items()
        ],
        "processingStepErrors": [],
        "validationErrors": [],
        **spam,
    }


def _values(body: Any) -> dict[str, str]:  # noqa: ANN401 - whatever was sent
    """The values of a row by ids of fields."""
    items = body.get("fieldValues") if isinstance(body, dict) else None
    pairs = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return {str(item.get("id", "")): str(item.get("value", "")) for item in pairs}


def _correlation_id(element: Any) -> str:  # noqa: ANN401 - whatever was sent
    return str(element.get("correlationId", "")) if isinstance(element, dict) else ""


def _between(request: Request, rows: Iterable[Row]) -> list[Row]:
    """The rows between `startAt` and `endAt`, in seconds since 1970."""
    start, end = request.asked("startAt"), request.asked("endAt")
    first = int(start) if start.isdecimal() else 0
    last = int(end) if end.isdecimal() else 2**62
    return [row for row in rows if first <= row.submitted_at <= last]


def _duplicate(correlation_id: str) -> Response:
    error = {
        "type": "ObjectValidationError",
        "container": {"type": "ObjectKey", "objectType": "AsyncFormSubmissionBatch"},
        "property": "correlationId",
        "requirement": {"type": "UniquenessRequirement"},
        "value": correlation_id,
    }
    return as_json([error], 400)
