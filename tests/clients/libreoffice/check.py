"""LibreOffice opens every table as workbook and as Dutch csv, and an answer sheet goes through it and back.

Usage: /usr/bin/python3 check.py, with SERVICE_URL, STM_TOKEN_VNG and STM_TOKEN_MUNICIPALITY; it needs python3-uno and libreoffice-calc-nogui.
The service must be a demo with no reporting period 2031-1.
"""

import csv
import datetime
import io
import json
import os
import pathlib
import sys
import tempfile
import urllib.request

from office import DUTCH, EXCEL, CSV, SAVED_IN_DUTCH, cells, office, opened, save

ADDRESS = os.environ["SERVICE_URL"]
VNG, MUNICIPALITY = os.environ["STM_TOKEN_VNG"], os.environ["STM_TOKEN_MUNICIPALITY"]
SHEET = "/v1/assessments/GM0402/2031-1/answer-sheet"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EPOCH = datetime.datetime(1899, 12, 30, tzinfo=datetime.timezone.utc)
sent = 0


def call(path, token, body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()} | {"authorization": f"Bearer {token}"}
    with urllib.request.urlopen(urllib.request.Request(ADDRESS + path, data=body, headers=headers)) as answer:
        return answer.read()


def ask(token, query):
    answer = json.loads(call("/v1/graphql", token, json.dumps({"query": query}).encode(), content_type="application/json"))
    assert "errors" not in answer, answer
    return answer["data"]


# Tables.


def is_at(number, text):
    """Whether a number of days is an instant, to the millisecond."""
    there = (datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH).total_seconds()
    return isinstance(number, float) and abs(number * 86_400 - there) < 0.001


def is_in_workbook(kind, cell, value):
    """Whether a cell of a workbook is a value, and of its type."""
    if value is None:
        return cell == ""
    if kind in ("INTEGER", "DECIMAL"):
        return isinstance(cell, float) and abs(cell - float(value)) < 1e-9
    if kind == "BOOLEAN":
        return cell == float(value)
    # Excel knows no day before March 1900, so it is text.
    if kind == "DATE" and value >= "1900-03-01":
        return is_at(cell, f"{value}T00:00:00Z")
    if kind == "INSTANT":
        return is_at(cell, value)
    return cell == value


def is_in_csv(kind, cell, value):
    """The same of Dutch csv, in which LibreOffice takes days of ISO 8601 for days, and texts have their apostrophes."""
    if value is None:
        return cell == ""
    if kind in ("INTEGER", "DECIMAL"):
        return isinstance(cell, float) and abs(cell - float(value)) < 1e-9
    if kind == "BOOLEAN":
        return cell == ("TRUE" if value else "FALSE")
    if kind == "DATE" and value == "0001-01-01":
        # The first day of the Julian calendar, by which LibreOffice counts before 1582.
        return cell in (-693595.0, value)
    if kind == "DATE" and isinstance(cell, float):
        return is_at(cell, f"{value}T00:00:00Z")
    if kind == "TEXT" and isinstance(cell, float):
        # The key of a plan is a year, and a printed amount a number: as text they would be the same.
        return f"{cell:.12g}".replace(".", ",") == value
    return cell == value


def compare(table, form, found, rows, fits):
    header, *found = found
    names = [column["name"] for column in table["columns"]]
    assert header == names, (table["name"], form, header)
    assert len(found) == len(rows), (table["name"], form, len(found), len(rows))
    for number, (cells_of_row, row) in enumerate(zip(found, rows), 2):
        for column, cell in zip(table["columns"], cells_of_row):
            value = row[column["name"]]
            if not fits(column["type"], cell, value):
                sys.exit(f"{table['name']} {form}, row {number}, {column['name']}: LibreOffice finds {cell!r}, expected {value!r}")


def check_tables(desktop, folder):
    tables = [table for table in json.loads(call("/v1/feeds/", VNG))["tables"] if table["rows"] is not None]
    for table in tables:
        name = table["name"]
        rows = [json.loads(line) for line in call(table["ndjson"], VNG).splitlines()]
        (folder / f"{name}.xlsx").write_bytes(call(table["xlsx"], VNG))
        with opened(desktop, folder / f"{name}.xlsx") as document:
            compare(table, "xlsx", cells(document.Sheets.getByIndex(0)), rows, is_in_workbook)
        dutch = call(f"{table['csv']}?dialect=nl", VNG)
        (folder / f"{name}.csv").write_bytes(dutch)
        # A text that a spreadsheet would run has an apostrophe in front; what a reader of csv finds is what LibreOffice finds.
        texts = list(csv.DictReader(io.StringIO(dutch.decode("utf-8-sig")), delimiter=";"))
        kinds = {column["name"]: column["type"] for column in table["columns"]}
        harmless = [
            {n: (text[n] if kinds[n] == "TEXT" and v is not None else v) for n, v in row.items()} for text, row in zip(texts, rows)
        ]
        with opened(desktop, folder / f"{name}.csv", DUTCH) as document:
            compare(table, "Dutch csv", cells(document.Sheets.getByIndex(0)), harmless, is_in_csv)
    print(f"ok libreoffice: {len(tables)} tables as workbook and as Dutch csv")


# The answer sheet.


def uploaded(form, body, dry_run=False):
    global sent
    sent += 1
    kind = {"xlsx": WORKBOOK, "csv": "text/csv"}[form]
    path = f"{SHEET}.{form}" + ("?dryRun=true" if dry_run else "")
    answer = json.loads(call(path, MUNICIPALITY, body, content_type=kind, idempotency_key=f"libreoffice-{sent}"))
    assert "errors" not in answer, answer
    result = answer["data"]["importAnswerSheet"]
    assert result["errors"] == [], result
    return result


def answers():
    query = '{ assessment(municipality: "GM0402", period: "2031-1") { draft { answers { criterion { code } answer explanation revision } } } }'
    found = ask(MUNICIPALITY, query)["assessment"]["draft"]["answers"]
    return {each["criterion"]["code"]: (each["answer"], each["explanation"], each["revision"]) for each in found}


def prepare():
    day = lambda days: (datetime.date.today() + datetime.timedelta(days)).isoformat()
    period = f'key: "2031-1", edition: "VOORSTEL-1", opensOn: "{day(-1)}", deadlineOn: "{day(20)}", lastDay: "{day(30)}", idempotencyKey: "lo"'
    made = ask(VNG, f"mutation {{ openReportingPeriod(input: {{ {period} }}) {{ errors {{ code }} }} }}")
    assert made["openReportingPeriod"]["errors"] == [], made
    saved = ask(
        MUNICIPALITY,
        """mutation { saveDraft(input: { municipality: "GM0402", period: "2031-1", answers: [
            { criterion: "SV-01", answer: MET, explanation: "-5% minder; =1+1" },
            { criterion: "BB-03", answer: PARTLY_MET, explanation: "Regel een\\nregel twee, \\"é\\" en €" },
            { criterion: "BB-04", answer: NOT_MET, explanation: "1-2" } ] }) { errors { code } } }""",
    )
    assert saved["saveDraft"]["errors"] == [], saved


def place(sheet, criterion, column):
    rows = cells(sheet)
    return rows[0].index(column), [row[0] for row in rows].index(criterion)


def check_sheet(desktop, folder, form):
    """Opened, saved and handed back it changes nothing; edited, it changes what was edited and nothing else."""
    path, saved = folder / f"answers.{form}", folder / f"saved.{form}"
    query = "?dialect=nl" if form == "csv" else ""
    options = DUTCH if form == "csv" else None
    store = (CSV, SAVED_IN_DUTCH) if form == "csv" else (EXCEL,)
    path.write_bytes(call(f"{SHEET}.{form}{query}", MUNICIPALITY))
    before = answers()
    with opened(desktop, path, options) as document:
        sheet = document.Sheets.getByIndex(0) if form == "csv" else document.Sheets.getByName("Antwoorden")
        unchanged = save(document, saved, *store)
        for dry_run in (True, False):
            result = uploaded(form, unchanged, dry_run)
            assert (result["changed"], result["toConfirm"], result["changes"]) == (0, 0, []), (form, result)
        assert answers() == before, form
        answer, explanation = ("Deels voldaan", "Vanaf 1-2 twee; uur é") if form == "csv" else ("Niet voldaan", "=Som van één; 1,5")
        for column, text in (("Antwoord", answer), ("Toelichting", explanation)):
            sheet.getCellByPosition(*place(sheet, "SV-02", column)).setString(text)
        edited = save(document, saved, *store)
    result = uploaded(form, edited)
    assert result["changed"] == 1, (form, result)
    after = answers()
    code = {"Deels voldaan": "PARTLY_MET", "Niet voldaan": "NOT_MET"}[answer]
    revision = before.get("SV-02", (None, None, 0))[2]
    assert after.pop("SV-02") == (code, explanation, revision + 1), (form, answers())
    before.pop("SV-02", None)
    assert after == before, (form, after)
    print(f"ok libreoffice: the answer sheet as {'Dutch csv' if form == 'csv' else 'workbook'}, there and back")


with tempfile.TemporaryDirectory() as name, office() as desktop:
    check_tables(desktop, pathlib.Path(name))
    prepare()
    for each in ("xlsx", "csv"):
        check_sheet(desktop, pathlib.Path(name), each)
