"""Everything that can be wrong with a CSV file: code, severity, sentence, remedy. Data only."""

from __future__ import annotations

from elqkit.table.problems import Cause, Severity

ERROR, LOOK = Severity.ERROR, Severity.LOOK

_ALL = (
    # The file as a whole
    Cause(
        "file.extension",
        ERROR,
        "The file's name does not fit: a CSV file ends in .csv, .tsv or .txt, a workbook in .xlsx.",
        "Choose such a file. If this is one, give it its own ending.",
    ),
    Cause(
        "file.too-large",
        ERROR,
        "The file is larger than the limit, so nothing of it was read.",
        "Split it into smaller files, each with the header row.",
    ),
    Cause("file.empty", ERROR, "The file is empty.", "Export it again."),
    Cause(
        "file.spreadsheet",
        ERROR,
        "This is a spreadsheet, not a CSV file.",
        "If it is an .xlsx workbook, give it that ending. Otherwise save it as CSV UTF-8.",
    ),
    Cause(
        "file.workbook-damaged",
        ERROR,
        "The workbook cannot be read: it is damaged, or holds what no workbook should.",
        "Open it in its program and save it again, or save it as CSV UTF-8.",
    ),
    Cause(
        "file.workbook-too-large",
        ERROR,
        "The workbook takes more memory or time than it may, so nothing of it was read.",
        "Save the sheet as CSV UTF-8.",
    ),
    Cause("file.not-csv", ERROR, "This is not a CSV file.", "Choose a text file with rows."),
    # Characters
    Cause(
        "encoding.utf-32",
        ERROR,
        "The file is written in UTF-32, which is not supported.",
        "Save it as UTF-8.",
    ),
    Cause(
        "encoding.undecodable",
        ERROR,
        "Some bytes mean nothing in this encoding. They are shown as \\x and their value.",
        "Choose the encoding that the file was saved in, or save it as UTF-8.",
    ),
    Cause(
        "encoding.unsure",
        LOOK,
        "The file does not say its encoding and is not UTF-8. This one is assumed, not known.",
        "Look at letters with accents below. If they are wrong, choose another encoding.",
    ),
    Cause(
        "encoding.bom-differs",
        LOOK,
        "The file begins with the mark of another encoding than the one you chose.",
        "Leave the choice to the file, unless you know better.",
    ),
    # Delimiter, quotes, lines
    Cause(
        "dialect.unsure",
        LOOK,
        "It is not certain what separates the columns.",
        "Look at the columns below. If they are wrong, choose another delimiter.",
    ),
    Cause(
        "dialect.sep-line",
        LOOK,
        "The first line is a note for a spreadsheet program that names the delimiter. "
        "It is followed and not read as a row.",
        "Nothing to do.",
    ),
    Cause(
        "line-ending.mixed",
        LOOK,
        "The rows end in different ways. All of them are read.",
        "Nothing to do, unless the number of rows is wrong.",
    ),
    Cause(
        "quote.unclosed",
        ERROR,
        "A quote is opened and never closed, so nothing after it could be read as rows.",
        "Close the quote. Write a quote inside a quoted value twice.",
    ),
    Cause(
        "quote.after",
        ERROR,
        "Text follows a closing quote, so it is not certain where the value ends.",
        "Write a quote inside a quoted value twice, or close a quote that was left open above.",
    ),
    Cause(
        "quote.stray",
        LOOK,
        "A value without quotes around it holds a quote. It is kept as it is.",
        "If the value was meant to be quoted, let the quote be its first character.",
    ),
    # The header
    Cause(
        "header.empty",
        ERROR,
        "A column has no name.",
        "Give each column a name, or delete the column.",
    ),
    Cause(
        "header.duplicate",
        ERROR,
        "Two columns have the same name.",
        "Give each column a name of its own.",
    ),
    Cause(
        "header.similar",
        LOOK,
        "Two columns have names that differ in capital letters or spaces only.",
        "Check that both are meant.",
    ),
    Cause(
        "header.data",
        LOOK,
        "The first row looks like data: it holds an e-mail address.",
        "If the file has no header row, add one.",
    ),
    Cause(
        "columns.too-many", ERROR, "The file has too many columns.", "Delete columns not needed."
    ),
    # Rows
    Cause("rows.none", ERROR, "The file has a header and no rows.", "Add rows below the header."),
    Cause(
        "rows.too-many",
        ERROR,
        "The file has too many rows. Those beyond the limit were counted, not checked.",
        "Split it into smaller files, each with the header row.",
    ),
    Cause(
        "row.long",
        ERROR,
        "A row has more values than the header has columns.",
        "Put quotes around values that hold the delimiter, or choose another delimiter.",
    ),
    Cause(
        "row.short",
        ERROR,
        "A row has fewer values than the header has columns.",
        "Add the missing delimiters, or join the row with the one that it was torn from.",
    ),
    Cause(
        "rows.not-compared",
        LOOK,
        "The file has so many rows that the later ones were not compared with all before them.",
        "Nothing to do, unless rows may be there twice.",
    ),
    Cause("row.blank", LOOK, "A line is blank. It is not counted as a row.", "Nothing to do."),
    Cause(
        "row.nothing-to-send",
        LOOK,
        "A row has no value in any column that is sent.",
        "Nothing to do: it is left out.",
    ),
    Cause("row.empty", LOOK, "All values of a row are empty.", "Delete the row."),
    Cause(
        "row.duplicate",
        LOOK,
        "A row is the same as an earlier one.",
        "Delete it, unless it is meant to be sent twice.",
    ),
    # Values
    Cause(
        "cell.nul",
        ERROR,
        "A value holds a NUL byte, which no text should.",
        "Remove it. If the file is UTF-16, choose that encoding.",
    ),
    Cause(
        "cell.long",
        ERROR,
        "A value is longer than any field of Eloqua.",
        "Shorten it. If it holds many rows, a quote may have been left open.",
    ),
    Cause(
        "cell.control",
        LOOK,
        "A value holds a control character, which cannot be seen.",
        "Remove it, unless it is meant.",
    ),
    Cause(
        "cell.non-breaking-space",
        LOOK,
        "A value holds a non-breaking space, which looks like a space and is not one.",
        "Remove it: e-mail addresses that hold one are refused.",
    ),
    Cause(
        "cell.invisible",
        LOOK,
        "A value holds a character of no width, which cannot be seen.",
        "Remove it, unless it is meant.",
    ),
    Cause(
        "cell.replacement",
        LOOK,
        "A value holds the sign for a letter that was lost when the file was written.",
        "Export the file again as UTF-8.",
    ),
    Cause(
        "cell.spaces",
        LOOK,
        "A value begins or ends with a space. It is kept.",
        "Remove the space, unless it is meant.",
    ),
    Cause(
        "cell.formula",
        LOOK,
        "A spreadsheet program would run this value as a formula. It is kept as it is.",
        "Check that it is meant.",
    ),
    Cause(
        "cell.scientific",
        LOOK,
        "A value looks like a long number that a spreadsheet program has shortened.",
        "If digits are missing, export again with the column as text.",
    ),
    Cause(
        "cell.spreadsheet-error",
        LOOK,
        "A value is the error message of a spreadsheet program.",
        "Mend the formula and export again.",
    ),
    # Workbooks
    Cause(
        "workbook.no-sheet",
        ERROR,
        "The workbook has no sheet of that name that can be seen.",
        "Choose one of its sheets, or none: then the first one with rows is read.",
    ),
    Cause(
        "workbook.not-computed",
        ERROR,
        "A cell holds a formula and no value: no program has computed it yet.",
        "Open the workbook in its program and save it again.",
    ),
    Cause(
        "workbook.formula",
        LOOK,
        "A cell holds a formula. The value that was computed last is taken.",
        "Check that it is the value that you mean.",
    ),
    Cause(
        "workbook.date",
        LOOK,
        "A date is written as YYYY-MM-DD, a time as HH:MM:SS. It may be shown in another way.",
        'If the form wants another way, use the fix "date format".',
    ),
    Cause(
        "workbook.number",
        LOOK,
        "A number is shown in a format that is not followed. It is written in plain digits.",
        "Check that it is written as the form wants it.",
    ),
    Cause(
        "workbook.digits",
        LOOK,
        "A number has more than 15 digits. The workbook keeps the first 15 only.",
        "If it is an account or a card number, store it as text.",
    ),
    Cause(
        "workbook.sheets",
        LOOK,
        "The workbook has several sheets, and one of them is read.",
        "Choose another one if it is not the sheet that you mean.",
    ),
    # Values against the rules of a form
    Cause(
        "value.missing",
        ERROR,
        "A value is missing where the form requires one.",
        "Fill it in, or leave the row out.",
    ),
    Cause(
        "value.length",
        ERROR,
        "A value is longer or shorter than the form allows.",
        "Change it, or change the rule in the form.",
    ),
    Cause(
        "value.email-space",
        ERROR,
        "An e-mail address holds a space that cannot be seen. Eloqua refuses it.",
        'Use the fix "drop hidden spaces".',
    ),
    Cause(
        "value.email",
        ERROR,
        "A value is not an e-mail address.",
        "Correct it, or leave the row out.",
    ),
    Cause(
        "value.url",
        ERROR,
        "A value holds a web address, which the form does not allow.",
        "Remove the address, or change the rule in the form.",
    ),
    Cause(
        "value.html",
        ERROR,
        "A value holds HTML, which the form does not allow.",
        "Remove the tags, or change the rule in the form.",
    ),
    Cause(
        "value.number",
        ERROR,
        "A value is not a number that the form allows.",
        "Write digits with a point before decimals, and nothing else.",
    ),
    Cause(
        "value.date",
        ERROR,
        "A value is not a date, or is written in another way.",
        'Use the fix "date format", or correct the value.',
    ),
    Cause(
        "value.choice",
        ERROR,
        "A value is not in the list that the form offers.",
        "Write it exactly as in the list: capital letters and spaces count.",
    ),
)

CAUSES = {cause.code: cause for cause in _ALL}
