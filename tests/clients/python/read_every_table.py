"""Reads every table to the end as an analyst would: pandas and polars by CSV, duckdb by CSV and NDJSON, an OData client.

Usage: read_every_table.py ADDRESS [TOKEN_OR_FEED_KEY]. With a feed key (stm_...) the tables that it names are read as well.
Every way must find the same number of rows, and the same sum in each column of numbers.
"""

import io
import sys

import duckdb
import pandas
import polars
import requests

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


def odata_rows(table):
    """All pages of an entity set, by following @odata.nextLink."""
    rows, link = [], f"{root}/{table}"
    while link:
        answer = session.get(link)
        answer.raise_for_status()
        page = answer.json()
        rows += page["value"]
        link = page.get("@odata.nextLink")
    return rows


def sums(frame):
    return {name: int(frame[name].sum()) for name in frame.columns}


listed = session.get(f"{address}/v1/feeds/").json()
read = 0
for table in listed["tables"]:
    if table["rows"] is None:
        continue
    name = table["name"]
    numbers = [c["name"] for c in table["columns"] if c["type"] == "INTEGER"]
    texts = {c["name"]: str for c in table["columns"] if c["type"] in ("TEXT", "DATE", "INSTANT")}
    csv = session.get(address + table["csv"])
    csv.raise_for_status()
    ndjson = session.get(address + table["ndjson"])
    ndjson.raise_for_status()

    with_pandas = pandas.read_csv(io.StringIO(csv.text), dtype=texts)
    expected = (table["rows"], sums(with_pandas[numbers].fillna(0)))

    with_polars = polars.read_csv(csv.content, infer_schema_length=None)
    polars_sums = {n: int(with_polars[n].cast(polars.Int64, strict=False).fill_null(0).sum()) for n in numbers}

    for suffix, content in (("csv", csv.content), ("ndjson", ndjson.content)):
        with open(f"/tmp/stm_client_table.{suffix}", "wb") as file:
            file.write(content)
    ways = {"pandas": (len(with_pandas), expected[1]), "polars": (with_polars.height, polars_sums)}
    columns = ", ".join(f"coalesce(sum({n}), 0)::bigint as {n}" for n in numbers) or "0 as nothing"
    for reader, suffix in (("read_csv", "csv"), ("read_json", "ndjson")):
        if table["rows"] == 0:
            continue
        query = f"select count(*), {columns} from {reader}('/tmp/stm_client_table.{suffix}', sample_size=-1)"
        row = duckdb.sql(query).fetchone()
        ways[f"duckdb {suffix}"] = (row[0], dict(zip(numbers, row[1:])))
    loaded = odata_rows(name)
    ways["odata"] = (len(loaded), {n: sum(row[n] or 0 for row in loaded) for n in numbers})
    for way, found in ways.items():
        if found != expected:
            sys.exit(f"{name}: {way} finds {found}, expected {expected}")
    read += 1
    print(f"{name}: {table['rows']} rows, {len(ways)} ways")

# A client of OData that reads the schema first: every set that it knows is one that is listed.
from odata import ODataService

service = ODataService(root, session=session, reflect_entities=True)
known = set(service.entities)
assert len(known) == read, (len(known), read)
municipality = service.entities["dim_municipality"]
found = service.query(municipality).filter(municipality.municipality_code == "GM0402").all()
assert [each.name for each in found] == ["Hilversum"], found
print(f"{read} tables read by every client")
