"""Reads the service as its clients do: GraphQL, tables as CSV, OData. A token for each role is made by `stm token`."""

import csv
import io
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import requests

URL = os.environ["SERVICE_URL"]
session = requests.Session()
session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=8))
tokens = {}


def token(*role):
    """`token("municipality", "GM0402")`; none for the public."""
    if role and role not in tokens:
        name, *organisation = role
        options = [f"--{'area' if name == 'region' else name}", *organisation] if organisation else []
        made = subprocess.run(
            [os.environ["PROGRAM"], "token", "--role", name, *options], check=True, capture_output=True, text=True
        )
        tokens[role] = made.stdout.strip()
    return {"authorization": f"Bearer {tokens[role]}"} if role else {}


def answer_to(query, *role, variables=None):
    response = session.post(
        f"{URL}/v1/graphql", json={"query": query, "variables": variables or {}}, headers=token(*role), timeout=120
    )
    answer = response.json()
    # At an earlier moment a period may not be there.
    wrong = [error for error in answer.get("errors", ()) if error["extensions"]["code"] != "NOT_FOUND"]
    assert not wrong, (query, wrong)
    return answer


def ask(query, *role, variables=None):
    return answer_to(query, *role, variables=variables)["data"]


def head():
    """The number of the last entry."""
    return answer_to("{ __typename viewer { role } }", "vng")["extensions"]["ledger"]


def change(mutation, given, *role):
    """A mutation; gives the payload. Nothing may be wrong with it."""
    kind = mutation[0].upper() + mutation[1:]
    if mutation != "saveDraft":
        given = {"idempotencyKey": f"attack {mutation} {sorted(given.items())}"[:100], **given}
    shown = "publication { key }" if mutation.endswith(("ublication", "publish")) else ""
    query = f"mutation ($input: {kind}Input!) {{ it: {mutation}(input: $input) {{ {shown} errors {{ code }} }} }}"
    payload = ask(query, *role, variables={"input": given})["it"]
    assert payload["errors"] == [], (mutation, given, payload)
    return payload


def table(name, *role):
    """The rows of a feed."""
    response = session.get(f"{URL}/v1/feeds/{name}.csv", headers=token(*role), timeout=120)
    response.raise_for_status()
    return list(csv.DictReader(io.StringIO(response.text)))


def odata(name):
    """The rows of a table that everybody reads, page by page."""
    address, rows = f"{URL}/v1/odata/public/{name}", []
    while address:
        page = session.get(address, timeout=120).json()
        rows += page["value"]
        address = page.get("@odata.nextLink")
    return rows


def at_once(function, ones):
    """A few at a time: this is no benchmark."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(function, ones))


def publication_file(key):
    """The rows of the file of a publication."""
    response = session.get(f"{URL}/v1/publications/{key}.csv", timeout=120)
    response.raise_for_status()
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
