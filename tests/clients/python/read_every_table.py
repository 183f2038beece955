"""Reads every table to the end as an analyst would: pandas by CSV and Dutch CSV, polars by CSV and Parquet, duckdb by CSV, NDJSON and
Parquet, openpyxl by Excel, an OData client.

Usage: read_every_table.py ADDRESS [TOKEN_OR_FEED_KEY]. With a feed key (stm_...) the tables that it names are read as well.
Every way must find the same number of rows, and the same sum in each column of numbers.
"""

import io
import json
import sys

import duckdb
import openpyxl
import pandas
import polars
import requests
from odata import ODataService

address = sys.argv[1].rstrip("/")
session = requests.Session()
if len(sys.argv) > 2:
    credential = sys.argv[2]
    if credential.startswith("stm_"):
        session.auth = ("key", credential)
    else:
        session.headers["authorization"] = f"Bearer {credential}"
    root = f"{address}/v1/odata"
else:
    root = f"{address}/v1/odata/public"


def rounded(totals):
    """Sums of fractions as far as readers that hold them as doubles agree."""
    return {name: round(float(total), 6) for name, total in totals.items()}


# A client of OData that reads the schema first. Every page is one it asks for itself.
service = ODataService(root, session=session, reflect_entities=True)


def odata_sums(table, numbers):
    """The rows of an entity set, to its end, and the sum of each number."""
    entity = service.entities[table]
    rows, totals = 0, dict.fromkeys(numbers, 0)
    for each in service.query(entity):
        rows += 1
        for number in numbers:
            totals[number] += getattr(each, number) or 0
    return rows, rounded(totals)


def workbook_sums(name, content, texts, numbers):
    """The rows of a sheet and the sum of each number; what is text is text."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)[name]
    rows = sheet.iter_rows(values_only=True)
    header = next(rows)
    count, totals = 0, dict.fromkeys(numbers, 0)
    for row in rows:
        count += 1
        for column, cell in zip(header, row):
            if column in totals:
                totals[column] += cell or 0
            elif column in texts:
                assert cell is None or isinstance(cell, str), (name, column, cell)
    return count, rounded(totals)


def sums(frame):
    return rounded({name: frame[name].sum() for name in frame.columns})


listed = session.get(f"{address}/v1/feeds/").json()
read = 0
for table in listed["tables"]:
    if table["rows"] is None:
        continue
    name = table["name"]
    numbers = [c["name"] for c in table["columns"] if c["type"] in ("INTEGER", "DECIMAL")]
    texts = {c["name"]: str for c in table["columns"] if c["type"] in ("TEXT", "DATE", "INSTANT")}
    csv = session.get(address + table["csv"])
    csv.raise_for_status()
    ndjson = session.get(address + table["ndjson"])
    ndjson.raise_for_status()

    with_pandas = pandas.read_csv(io.StringIO(csv.text), dtype=texts)
    expected = (table["rows"], sums(with_pandas[numbers].fillna(0)))

    with_polars = polars.read_csv(csv.content, infer_schema_length=None)
    lines = polars.read_ndjson(ndjson.content, infer_schema_length=None) if table["rows"] else None
    # Yes and no are read as such by all of them, with nothing said of the type.
    inferred = pandas.read_csv(io.StringIO(csv.text), keep_default_na=True)
    for flag in (c["name"] for c in table["columns"] if c["type"] == "BOOLEAN" and table["rows"]):
        expected_yes = sum(1 for line in ndjson.text.splitlines() if json.loads(line)[flag] is True)
        found_yes = {
            "pandas": int((inferred[flag] == True).sum()),  # noqa: E712
            "polars csv": with_polars.filter(polars.col(flag).cast(polars.Boolean, strict=False)).height,
            "polars ndjson": int(lines[flag].sum()),
        }
        if set(found_yes.values()) != {expected_yes}:
            sys.exit(f"{name}.{flag}: yes {found_yes}, expected {expected_yes}")
    polars_sums = rounded({n: with_polars[n].cast(polars.Float64, strict=False).fill_null(0).sum() for n in numbers})
    dutch = session.get(address + table["csv"], params={"dialect": "nl"})
    dutch.raise_for_status()
    in_dutch = pandas.read_csv(io.BytesIO(dutch.content), dtype=texts, sep=";", decimal=",", encoding="utf-8-sig")

    parquet = session.get(address + table["parquet"])
    parquet.raise_for_status()
    xlsx = session.get(address + table["xlsx"])
    xlsx.raise_for_status()
    for suffix, content in (("csv", csv.content), ("ndjson", ndjson.content), ("parquet", parquet.content)):
        with open(f"/tmp/stm_client_table.{suffix}", "wb") as file:
            file.write(content)
    ways = {"pandas in Dutch": (len(in_dutch), sums(in_dutch[numbers].fillna(0))), "polars": (with_polars.height, polars_sums)}
    typed = polars.read_parquet(io.BytesIO(parquet.content))
    ways["polars parquet"] = (typed.height, rounded({n: typed[n].fill_null(0).sum() for n in numbers}))
    only_texts = {c["name"] for c in table["columns"] if c["type"] == "TEXT"}
    ways["openpyxl"] = workbook_sums(name, xlsx.content, only_texts, numbers)
    # A column without any value has no type in CSV, so its type is said.
    columns = ", ".join(f"coalesce(sum(try_cast({n} as decimal(38, 9))), 0) as {n}" for n in numbers) or "0 as nothing"
    for reader, suffix in (("read_csv", "csv"), ("read_json", "ndjson"), ("read_parquet", "parquet")):
        if table["rows"] == 0:
            continue
        options = "" if suffix == "parquet" else ", sample_size=-1"
        query = f"select count(*), {columns} from {reader}('/tmp/stm_client_table.{suffix}'{options})"
        row = duckdb.sql(query).fetchall()[0]
        ways[f"duckdb {suffix}"] = (row[0], rounded(dict(zip(numbers, row[1:]))))
    ways["odata"] = odata_sums(name, numbers)
    for way, found in ways.items():
        if found != expected:
            sys.exit(f"{name}: {way} finds {found}, expected {expected}")
    read += 1
    print(f"{name}: {table['rows']} rows, {len(ways)} ways")

# What its schema knows is what is listed; and what it filters, the service filters.
known = set(service.entities)
assert len(known) == read, (len(known), read)
municipality = service.entities["dim_municipality"]
found = service.query(municipality).filter(municipality.municipality_code == "GM0402").all()
assert [each.name for each in found] == ["Hilversum"], found
print(f"{read} tables read by every client")
