"""What is shown to others to get help holds shapes and counts, and nothing of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from elqkit.autosubmit import Choices, prepare_sheet, read_sheet
from elqkit.cli import main
from elqkit.eloqua.models import Step
from elqkit.output.support import dumps, support
from elqkit.runs import Ledger, Outcome
from elqkit_form_builders import field, form

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "Kanarie"
CONTENT = f"{CANARY} mail,{CANARY} {CANARY}\n{CANARY}@example.com,x\n{CANARY},{CANARY}\n".encode()


def test_holds_no_name_and_no_value() -> None:
    """Of the file, its columns, the form, its fields and steps, constants and settings."""
    whole = form(
        field("emailAddress", f"{CANARY} mail", "IsEmailAddressCondition"),
        field(f"{CANARY}Field", CANARY),
    )._replace(name=CANARY, html_name=CANARY, steps=(Step("1", "FormStepX", CANARY, "always"),))
    choices = Choices(constants={f"{CANARY}Field": CANARY})
    prepared = prepare_sheet(read_sheet(CONTENT, f"{CANARY}.csv", choices), whole, choices)
    plan = prepared.plan("1")
    with Ledger.in_memory(plan) as ledger:
        ledger.skip_all(plan.skipped)
        ledger.sending(0, is_safe=False)
        ledger.settle(0, Outcome.REFUSED, CANARY.lower() + " said no")
        document = dumps(support(prepared.sheet.report, prepared, ledger, ["ELQKIT_USER"]))
    assert CANARY.lower().encode() not in document.lower()
    assert b"example" not in document
    for told in (b'"Aaaaaaa aaaa"', b'"value.email"', b'"ELQKIT_USER"', b'"OTHER"', b'"REFUSED"'):
        assert told in document


def test_the_commands_write_it_to_a_new_file(tmp_path: Path) -> None:
    """For a file that is blocked, too; nothing is overwritten."""
    path, out = tmp_path / f"{CANARY}.csv", tmp_path / "support.json"
    path.write_bytes(CONTENT + b"torn\n")
    assert CliRunner().invoke(main, ["check", str(path), "--support", str(out)]).exit_code == 1
    assert CANARY not in out.read_text(encoding="utf-8")
    assert '"row.short"' in out.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["check", str(path), "--support", str(out)]).exit_code == 2
