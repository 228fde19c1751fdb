"""`elqkit submit`: the whole way from a file to a form, against the mock, and its exit codes."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
import json
from pathlib import Path
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from click import ClickException
from click.testing import CliRunner, Result
import pytest

from elqkit.cli import main
from elqkit.cli.reading import write_new
from elqkit.cli.submit_options import _OPTIONS, Order
from elqkit.mock import Mock, serving
from elqkit.settings import VARIABLES
from elqkit.workbooks.reading import read_workbook
from elqkit.workbooks.writing import workbook_of
from elqkit_eloqua import EMAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = [sys.executable, "-c", "from elqkit.cli import main; main()", "submit"]


class Stand(NamedTuple):
    """A mock, where it answers, and a folder of the test's own."""

    mock: Mock
    address: str
    folder: Path

    def file(self, rows: int, *more: str) -> str:
        """The path of a file of so many people, and other lines."""
        lines = ["E-mail,First name,Note", *(f"p{n}@example.com,P{n},x" for n in range(rows))]
        path = self.folder / "people.csv"
        path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
        return str(path)

    def options(self, *more: str, form: str = "newsletter") -> list[str]:
        """What every call has."""
        return ["--form", form, "--mock", self.address, "--rate", "500", *more]

    def run(self, file: str, *more: str, typed: str = "", form: str = "newsletter") -> Result:
        """The command's outcome."""
        arguments = ["submit", file, *self.options(*more, form=form)]
        return CliRunner().invoke(main, arguments, input=typed)

    def begin(self, file: str, *more: str) -> subprocess.Popen[str]:
        """The command as a process of its own."""
        command = [*PROGRAM, file, *self.options("--yes", *more)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)

    def wait_for(self, rows: int) -> None:
        """Until the mock has so many rows."""
        end = time.monotonic() + 30
        while len(self.mock.site.rows) < rows:
            assert time.monotonic() < end
            time.sleep(0.01)

    @property
    def stored(self) -> Counter[str]:
        """How often each address is stored."""
        rows = list(self.mock.site.rows.values())
        return Counter(row.values.get(EMAIL, "") for row in rows)


@contextmanager
def stand(folder: Path, *faults: str) -> Iterator[Stand]:
    """A mock with faults, served."""
    mock = Mock(faults)
    with serving(mock) as address:
        yield Stand(mock, address, folder)


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[Stand]:
    """A mock without faults."""
    with stand(tmp_path) as made:
        yield made


def test_sends_each_row_once_and_exits_with_0(calm: Stand) -> None:
    """After it was asked for a word."""
    result = calm.run(calm.file(30), typed="send\n")
    assert (result.exit_code, calm.stored) == (0, Counter(f"p{n}@example.com" for n in range(30)))
    assert "read 30 = accepted 30 + refused 0 + left out 0 + unknown 0" in result.output
    assert "\nComplete.\n" in result.output


@pytest.mark.parametrize("typed", ["", "no\n", "sent\n"])
def test_another_word_sends_nothing(calm: Stand, typed: str) -> None:
    """Nor does the end of the input; and no ledger says that anything was begun."""
    state = calm.folder / "state"
    result = calm.run(calm.file(3), "--state", str(state), typed=typed)
    assert (result.exit_code, calm.mock.site.rows) == (1, {})
    assert "Nothing was sent." in result.output
    assert list(state.glob("*.ledger")) == []


def test_a_dry_run_shows_three_exact_rows_and_writes_nothing(calm: Stand) -> None:
    """Counts, mapping, side effects; the far side sees reading calls only."""
    result = calm.run(calm.file(5), "--dry-run", "--state", str(calm.folder / "state"))
    assert (result.exit_code, calm.mock.site.rows) == (0, {})
    assert {method for method, _, _ in calm.mock.site.calls} == {"GET"}
    assert result.output.count("emailAddress = ") == 3
    for words in (
        "5 rows read: 5 would be sent, 0 left out",
        "First name -> firstName  (the field's name)",
        "(each row) -> source  (web)",
        "Note is not sent",
        "Add to the list Newsletter: Adds the contact to a list or group. (for each row)",
    ):
        assert words in result.output
    assert not (calm.folder / "state").exists()


def test_faulty_rows_are_left_out_named_and_written_down(calm: Stand) -> None:
    """By line, column and cause; corrected, they alone are sent."""
    refused, again = calm.folder / "refused.csv", calm.folder / "again.csv"
    result = calm.run(calm.file(2, "nobody,X,=1+1"), "--yes", "--refused", str(refused))
    assert (result.exit_code, len(calm.stored)) == (1, 2)
    assert "line 4, column 1 (E-mail): expected an e-mail address, found aaaaaa" in result.output
    reason = "left out: A value is not an e-mail address. (E-mail) [value.email]"
    assert refused.read_text(encoding="utf-8-sig").splitlines() == [
        '"E-mail","First name","Note","ElqKit line","ElqKit reason"',
        f'"nobody","X","\'=1+1","4","{reason}"',
    ]
    again.write_bytes(refused.read_bytes().replace(b"nobody", b"somebody@example.com"))
    assert calm.run(str(again), "--yes", "--fix", "unguard").exit_code == 0
    assert calm.stored["somebody@example.com"] == 1


def test_a_workbook_goes_the_whole_way(calm: Stand) -> None:
    """From .xlsx to the form, and the rows left out into another one, each cell as text."""
    path, refused = calm.folder / "people.xlsx", calm.folder / "refused.xlsx"
    rows = [["E-mail", "Note"], ["a@example.com", "=1+1"], ["nobody", "00123"]]
    path.write_bytes(workbook_of(rows))
    result = calm.run(str(path), "--yes", "--map", "Note=comment", "--refused", str(refused))
    assert (result.exit_code, calm.stored) == (1, Counter(["a@example.com"]))
    (row,) = calm.mock.site.rows.values()
    assert "=1+1" in row.values.values()
    (left,) = read_workbook(refused.read_bytes())
    assert left.values[:3] == ("nobody", "00123", "3")


def test_what_only_eloqua_knows_to_refuse_is_said_by_cause(calm: Stand) -> None:
    """The form's rules are not known without a sign-in: its own page tells, and so do we."""
    path, refused = calm.folder / "long.csv", calm.folder / "refused.csv"
    path.write_text(f"emailAddress,firstName\na@example.com,{'x' * 150}\n", encoding="utf-8")
    env = {"ELQKIT_HOSTS": calm.address, "ELQKIT_FORM_URL": f"{calm.address}/e/f2"}
    arguments = ["--form", "newsletter", "--site", "1234567", "--yes", "--refused", str(refused)]
    result = CliRunner().invoke(main, ["submit", str(path), *arguments], env=env)
    assert (result.exit_code, calm.mock.site.rows) == (1, {})
    assert "refused 1: Eloqua answered with a page that shows an error." in result.output
    assert "[eloqua.error-page]" in refused.read_text(encoding="utf-8")


def test_a_file_that_is_blocked_is_not_sent(calm: Stand) -> None:
    """A torn row: the report of the check, and exit code 1."""
    result = calm.run(calm.file(2, "torn@example.com"), "--yes")
    assert (result.exit_code, calm.mock.site.rows) == (1, {})
    assert "[row.short]" in result.output


def test_a_required_field_without_a_column_blocks(calm: Stand) -> None:
    """And the way out is named."""
    path = calm.folder / "none.csv"
    path.write_text("Note\nx\n", encoding="utf-8")
    result = calm.run(str(path), "--yes")
    assert (result.exit_code, "--map COLUMN=emailAddress" in result.output) == (1, True)


def test_steps_that_cannot_be_taken_back_need_a_word_of_their_own(calm: Stand) -> None:
    """E-mails and campaigns: by a typed word, or by an option; --yes alone is not enough."""
    path = calm.folder / "event.csv"
    path.write_text("E-mail,Full name\na@example.com,A\n", encoding="utf-8")
    refused = calm.run(str(path), "--yes", form="webinar")
    assert (refused.exit_code, calm.mock.site.rows) == (1, {})
    assert "! Send the confirmation: Sends an e-mail to the contact." in refused.output
    assert calm.run(str(path), form="webinar", typed="send\n").exit_code == 1
    assert calm.run(str(path), form="webinar", typed="accept\nsend\n").exit_code == 0
    assert calm.run(str(path), "--yes", "--accept-side-effects", form="webinar").exit_code == 0


def test_columns_are_mapped_set_and_saved_by_hand(calm: Stand) -> None:
    """A saved mapping goes for the next file."""
    path, saved = calm.folder / "odd.csv", calm.folder / "map.json"
    path.write_text("kontakt,who\na@example.com,Ana\n", encoding="utf-8")
    by_hand = ["--map", "kontakt=emailAddress", "--map", "2=First name", "--set", "source=fair"]
    assert calm.run(str(path), "--yes", *by_hand, "--save-map", str(saved)).exit_code == 0
    (row,) = calm.mock.site.rows.values()
    assert sorted(row.values.values()) == ["Ana", "a@example.com", "fair"]
    document = json.loads(saved.read_text(encoding="utf-8"))
    assert document["columns"] == {"kontakt": "emailAddress", "who": "firstName"}
    assert calm.run(str(path), "--yes", "--saved-map", str(saved)).exit_code == 0


def test_json_is_one_object(calm: Stand) -> None:
    """All that is said for people goes to the other stream."""
    command = [*PROGRAM, calm.file(3, "nobody,X,y"), *calm.options("--yes", "--json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert (done.returncode, found["run"]["accepted"], found["run"]["skipped"]) == (1, 3, 1)
    assert found["run"]["causes"][0]["lines"] == [5]
    assert (found["way"], found["looked"]["seen"], found["looked"]["missing"]) == ("batch", 3, 0)


def test_a_site_without_batches_takes_rows_one_by_one(tmp_path: Path) -> None:
    """By itself, and it is said which way they went."""
    with stand(tmp_path, "no-batch") as bare:
        result = bare.run(bare.file(5), "--yes", "--json")
        assert (result.exit_code, len(bare.stored)) == (0, 5)
        assert '"way": "single"' in result.output


def test_without_a_sign_in_rows_go_as_a_visitors(calm: Stand) -> None:
    """To a site and a form by name; the fields are those that are named."""
    path = calm.folder / "public.csv"
    path.write_text("Mail,firstName\na@example.com,Ana\n", encoding="utf-8")
    env = {"ELQKIT_HOSTS": calm.address, "ELQKIT_FORM_URL": f"{calm.address}/e/f2"}
    arguments = ["--form", "newsletter", "--site", "1234567", "--yes"]
    mapped = ["--map", "Mail=emailAddress"]
    result = CliRunner().invoke(main, ["submit", str(path), *arguments, *mapped], env=env)
    assert (result.exit_code, calm.stored) == (0, Counter(["a@example.com"]))
    assert "Nobody is signed in" in result.output


def test_a_file_sent_before_is_not_sent_again_by_itself(calm: Stand) -> None:
    """It is said; to go on, or to send all anew, is a choice."""
    file, state = calm.file(4), ["--state", str(calm.folder / "state"), "--yes"]
    assert calm.run(file, *state).exit_code == 0
    told = calm.run(file, *state)
    assert (told.exit_code, "4 of 4 rows accepted" in told.output) == (1, True)
    assert calm.run(file, *state, "--resume").exit_code == 0
    assert set(calm.stored.values()) == {1}
    assert calm.run(file, *state, "--again").exit_code == 0
    assert set(calm.stored.values()) == {2}


def test_the_folder_of_runs_may_be_a_setting(calm: Stand) -> None:
    """As all that does not change from file to file."""
    settings = calm.folder / "settings"
    settings.write_text(f"ELQKIT_STATE_FOLDER={calm.folder / 'state'}\n", encoding="utf-8")
    calm.run(calm.file(2), "--yes", "--env-file", str(settings))
    assert len(list((calm.folder / "state").glob("*.ledger"))) == 1


def test_another_mapping_of_a_begun_file_is_refused(calm: Stand) -> None:
    """In a sentence that says what to do."""
    file, state = calm.file(2), ["--state", str(calm.folder / "state"), "--yes"]
    calm.run(file, *state)
    result = calm.run(file, *state, "--resume", "--map", "Note=comment")
    assert (result.exit_code, "[plan.changed]" in result.output) == (1, True)


@pytest.mark.parametrize("way", ["--signed-in", "--public"])
def test_killed_in_the_middle_it_goes_on_and_sends_no_row_twice(tmp_path: Path, way: str) -> None:
    """SIGKILL; the same file given again finds its run."""
    with stand(tmp_path, "slow=0.02") as busy:
        file, state = busy.file(120), ["--state", str(tmp_path / "state"), way, "--no-look"]
        child = busy.begin(file, *state, "--rate", "60")
        busy.wait_for(30)
        child.kill()
        child.communicate()
        result = busy.run(file, *state, "--yes", "--resume", "--json")
        found = json.loads(result.stdout)["run"]
        stored = busy.stored
    assert (set(stored.values()), found["complete"], found["left"]) == ({1}, True, 0)
    assert found["accepted"] + found["unknown"] == 120
    assert len(stored) >= found["accepted"]
    if way == "--signed-in":
        assert (result.exit_code, found["unknown"], len(stored)) == (0, 0, 120)


def test_unknown_rows_are_sent_again_only_on_ones_word(tmp_path: Path) -> None:
    """Answers lost at the public form: unknown, until the option says otherwise."""
    with stand(tmp_path, "drop-after-commit@2:2") as lossy:
        file, state = (
            lossy.file(6),
            ["--state", str(tmp_path / "state"), "--yes", "--public", "--no-look"],
        )
        assert lossy.run(file, *state).exit_code == 1
        assert lossy.run(file, *state, "--resume").exit_code == 1
        assert set(lossy.stored.values()) == {1}
        assert lossy.run(file, *state, "--resume", "--resend-unknown").exit_code == 0
        assert Counter(lossy.stored.values()) == {1: 4, 2: 2}


def test_ctrl_c_cancels_within_a_second_and_the_call_in_flight(tmp_path: Path) -> None:
    """What went is known, nothing is unknown, and the run can be gone on with."""
    with stand(tmp_path, "slow=0.1") as busy:
        file, state = busy.file(200), ["--state", str(tmp_path / "state"), "--one-by-one"]
        child = busy.begin(file, *state, "--rate", "20")
        busy.wait_for(5)
        before = time.monotonic()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
        assert time.monotonic() - before < 2.5  # the process ends, too
        assert (child.returncode, "Not complete:" in out, "Cancelled" in err) == (1, True, True)
        assert "unknown 0" in out
        assert f"accepted {len(busy.stored)} " in out


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="a system without job control")
def test_ctrl_z_lets_calls_end_before_it_stops(tmp_path: Path) -> None:
    """Continued, it goes on where it was: no row is in doubt for it."""
    with stand(tmp_path, "slow=0.05") as busy:
        child = busy.begin(busy.file(60), "--one-by-one", "--rate", "40")
        busy.wait_for(5)
        child.send_signal(signal.SIGTSTP)
        state = Path(f"/proc/{child.pid}/stat")
        end = time.monotonic() + 10
        while state.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "T":
            assert time.monotonic() < end
            time.sleep(0.05)
        stopped_at = len(busy.stored)
        time.sleep(0.4)
        assert len(busy.stored) == stopped_at < 60
        child.send_signal(signal.SIGCONT)
        out, _ = child.communicate(timeout=30)
        assert (child.returncode, set(busy.stored.values())) == (0, {1})
        assert "accepted 60" in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--form", "newsletter", "--resume"],
        ["--form", "newsletter"],
        ["--form", "newsletter", "--mock", "--map", "x"],
        ["--form", "newsletter", "--site", "12a"],
        ["--form", "newsletter", "--rate", "0"],
    ],
)
def test_what_is_not_understood_exits_with_2(tmp_path: Path, arguments: list[str]) -> None:
    """Before anything is called."""
    path = tmp_path / "people.csv"
    path.write_text("a\nb\n", encoding="utf-8")
    env = {each.name: "" for each in VARIABLES}
    result = CliRunner().invoke(main, ["submit", str(path), *arguments], env=env)
    assert (result.exit_code, "--help" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--map", "none=emailAddress"], "The file has no column 'none'"),
        (["--map", "Note=none"], "The form has no field 'none'"),
        (["--fix", "none"], "There is no fix 'none'"),
    ],
)
def test_a_name_that_there_is_not_is_named(calm: Stand, more: list[str], words: str) -> None:
    """With those that there are."""
    result = calm.run(calm.file(1), "--yes", *more)
    assert (result.exit_code, words in result.output) == (2, True)


def test_an_unknown_form_is_said(calm: Stand) -> None:
    """As a sentence, not as a trace."""
    result = calm.run(calm.file(1), "--yes", form="no such form")
    assert (result.exit_code, "[form.not-found]" in result.output) == (1, True)


def test_forms_of_the_same_name_are_told_apart_by_their_ids(calm: Stand) -> None:
    """Nothing is sent to one of them by chance."""
    for form_id in ("2", "3"):
        calm.mock.site.forms[form_id]["name"] = "Twin"
    result = calm.run(calm.file(1), "--yes", form="Twin")
    assert (result.exit_code, "[form.ambiguous]" in result.output) == (1, True)
    assert "  2  Twin (webinar)" in result.output
    assert "  3  Twin (contest)" in result.output


def test_wrong_credentials_are_said_and_tried_once(calm: Stand) -> None:
    """A second try may lock the user."""
    env = {
        "ELQKIT_COMPANY": "Mock",
        "ELQKIT_USER": "demo",
        "ELQKIT_PASSWORD": "wrong-secret",
        "ELQKIT_LOGIN": calm.address,
        "ELQKIT_HOSTS": calm.address,
    }
    arguments = ["submit", calm.file(1), "--form", "newsletter", "--yes"]
    result = CliRunner().invoke(main, arguments, env=env)
    assert (result.exit_code, "[eloqua.not-signed-in]" in result.output) == (1, True)
    assert [path for _, path, _ in calm.mock.site.calls] == ["/id"]
    assert "wrong-secret" not in result.output


def test_files_are_new_and_for_their_owner_only(calm: Stand) -> None:
    """Nothing is overwritten; what holds people's values is not for others."""
    file, results = calm.file(2), calm.folder / "results.csv"
    assert calm.run(file, "--yes", "--results", str(results)).exit_code == 0
    assert results.stat().st_mode & 0o777 == 0o600
    assert [line.rpartition(",")[2] for line in results.read_text("utf-8-sig").splitlines()] == [
        '"ElqKit reason"',
        '"accepted"',
        '"accepted"',
    ]
    assert calm.run(file, "--yes", "--results", str(results)).exit_code == 2


def test_a_file_that_came_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """Looking first is not enough: another program may be as quick."""
    path = tmp_path / "results.csv"
    write_new(path, [b"first"])
    with pytest.raises(ClickException):
        write_new(path, [b"second"])
    assert path.read_bytes() == b"first"


def test_the_state_holds_nothing_of_a_row(calm: Stand) -> None:
    """No address, no name, no credential, no name of a file."""
    calm.run(calm.file(3, "bad one,X,y"), "--yes", "--state", str(calm.folder / "state"))
    written = b"".join(
        path.read_bytes() for path in (calm.folder / "state").iterdir() if path.name != "key"
    )
    for secret in (b"example.com", b"bad one", b"demo", b"people"):
        assert secret not in written


def test_help_names_every_option_and_setting() -> None:
    """With examples."""
    text = CliRunner().invoke(main, ["submit", "--help"]).output
    assert "Examples:" in text
    for variable in VARIABLES:
        assert variable.name in text
    assert len(_OPTIONS) >= len(Order.__dataclass_fields__)


def test_it_looks_afterwards_at_what_is_stored(tmp_path: Path) -> None:
    """Rows whose answers were lost are found there; what cannot be looked at is said."""
    with stand(tmp_path, "drop-after-commit@3:2") as lossy:
        result = lossy.run(lossy.file(6), "--yes", "--public")
        assert (result.exit_code, set(lossy.stored.values())) == (0, {1})
        assert "2 unknown rows found there: accepted." in result.output
        assert "accepted 6 + refused 0 + left out 0 + unknown 0" in result.output


def test_rows_are_taken_back_when_their_number_is_typed(calm: Stand) -> None:
    """Any other number deletes nothing."""
    file, state = calm.file(5), ["--state", str(calm.folder / "state")]
    assert calm.run(file, *state, "--yes").exit_code == 0
    refused = calm.run(file, *state, "--undo", typed="4\n")
    assert (refused.exit_code, len(calm.mock.site.rows)) == (1, 5)
    done = calm.run(file, *state, "--undo", typed="5\n")
    assert (done.exit_code, len(calm.mock.site.rows)) == (0, 0)
    assert "5 rows deleted." in done.output
    assert calm.run(file, *state, "--undo", typed="5\n").exit_code == 1


def test_says_how_a_mock_is_started_where_none_answers(tmp_path: Path) -> None:
    """A rehearsal needs one, and no connection to look at."""
    file = tmp_path / "people.csv"
    file.write_text("E-mail\nana@example.com\n", encoding="utf-8")
    nobody = "http://127.0.0.1:9"
    result = CliRunner().invoke(main, ["submit", str(file), "--form", "1", "--mock", nobody])

    assert (result.exit_code, "Start one: elqkit mock" in result.output) == (1, True)


def test_ragged_rows_are_left_out_by_a_word_of_their_own(calm: Stand) -> None:
    """By the option or typed; the others are sent, and these are in the file of what was left."""
    file, refused = calm.file(2, "short@example.com,S", "long@example.com,L,x,y"), "refused.csv"
    path = calm.folder / refused
    assert "--leave-out-ragged" in calm.run(file, "--yes").output
    assert calm.run(file, typed="no\n").exit_code == 1
    assert not calm.stored
    result = calm.run(file, "--refused", str(path), typed="leave out\nsend\n")
    assert (result.exit_code, sum(calm.stored.values())) == (1, 2)
    assert "line 4" in result.output
    left = [line.split(",")[0] for line in path.read_text("utf-8-sig").splitlines()[1:]]
    assert left == ['"short@example.com"', '"long@example.com"']
    again = calm.run(file, "--yes", "--leave-out-ragged")
    assert sum(calm.stored.values()) == 4, again.output


def test_a_sheet_is_named_by_an_option(calm: Stand) -> None:
    """Of a workbook; one that is not there is said."""
    path = calm.folder / "people.xlsx"
    path.write_bytes(workbook_of([["E-mail"], ["a@example.com"]]))
    assert "no sheet of that name" in calm.run(str(path), "--yes", "--sheet", "Nobody").output
    name = read_workbook(path.read_bytes()).sheet
    result = calm.run(str(path), "--yes", "--sheet", name)
    assert (result.exit_code, calm.stored) == (0, Counter(["a@example.com"]))


def test_values_of_a_list_are_held_to_the_live_form(calm: Stand) -> None:
    """Letter by letter; the first values of the list are named."""
    path = calm.folder / "survey.csv"
    path.write_text("E-mail,Country\na@example.com,DE\nb@example.com,Germany\n", encoding="utf-8")
    result = calm.run(str(path), "--yes", form="survey")
    assert (result.exit_code, len(calm.mock.site.rows)) == (1, 1)
    assert "one of: DE, FR, IT, ES, PT, and 2 more" in result.output


def test_a_list_that_is_not_shown_is_not_guessed(tmp_path: Path) -> None:
    """It is said, and Eloqua decides."""
    with stand(tmp_path, "no-option-lists") as there:
        path = there.folder / "survey.csv"
        path.write_text("E-mail,Country\na@example.com,Nowhere\n", encoding="utf-8")
        result = there.run(str(path), "--yes", form="survey")
        assert "list that Eloqua does not show" in result.output
        assert (result.exit_code, len(there.mock.site.rows)) == (0, 1)
