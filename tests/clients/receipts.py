"""The receipt of a submitted version as the guides of municipalities show it: fetched and checked by their block of sh, its hash
computed by their block of Python, each as it stands there.

Asks the service of SERVICE_URL, with the tokens STM_TOKEN_VNG and STM_TOKEN_MUNICIPALITY.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import tempfile
import urllib.request

URL = os.environ["SERVICE_URL"]
DOCS = pathlib.Path(__file__).parents[2] / "api" / "docs"


def change(role, mutation, given):
    """Sends a mutation; it is accepted."""
    kind = mutation[0].upper() + mutation[1:] + "Input!"
    document = f"mutation ($input: {kind}) {{ {mutation}(input: $input) {{ errors {{ code message {{ en }} }} }} }}"
    request = urllib.request.Request(
        f"{URL}/v1/graphql",
        data=json.dumps({"query": document, "variables": {"input": given}}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {os.environ[f'STM_TOKEN_{role}']}"},
    )
    answer = json.load(urllib.request.urlopen(request))
    assert answer["data"][mutation]["errors"] == [], answer


def day(distance):
    return str(datetime.date.today() + datetime.timedelta(days=distance))


def submit(number, answers):
    place = {"municipality": "GM0402", "period": "2026-2"}
    change("MUNICIPALITY", "saveDraft", {**place, "answers": answers})
    approval = {"approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": day(-2)}
    change("MUNICIPALITY", "submitAssessment", {**place, **approval, "idempotencyKey": f"submission {number}"})


change("VNG", "openReportingPeriod", {
    "key": "2026-2", "edition": "VOORSTEL-1", "idempotencyKey": "period",
    "opensOn": day(-1), "deadlineOn": day(30), "lastDay": day(60),
})
decision = {"kind": "APPOINTMENT_DECISION", "title": "Besluit", "effectiveOn": "2026-03-01", "address": "https://gemeente.example/besluit"}
submit(1, [{"criterion": "SV-01", "answer": "MET", "explanation": "Belegd, \"één\" functie\n \\ / 🙂", "evidence": [decision]}])
submit(2, [{"criterion": "SV-02", "answer": "NOT_MET"}])

for guide in ("nl/gemeente.md", "en/municipality.md"):
    text = (DOCS / guide).read_text()
    [fetch] = [block for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "receipt.json" in block]
    [compute] = [block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "receipt.json" in block]
    with tempfile.TemporaryDirectory() as folder:
        shell = ["bash", "-euo", "pipefail", "-c", fetch.replace("https://…", URL)]
        lines = subprocess.run(shell, cwd=folder, check=True, capture_output=True, text=True).stdout
        checksum, answer = lines.split(" ", 1)[0], json.loads(lines.split("\n", 1)[1])
        assert answer["outcome"] == "UNCHANGED" and answer["sha256"] == checksum, lines
        assert answer["version"]["version"] == 2, lines
        subprocess.run(["python3", "-c", compute], cwd=folder, check=True)
    print(f"ok receipts: {guide}")
