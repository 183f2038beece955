"""Calls every query that needs no variable through the client that ariadne-codegen made, with every variable left out."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "built"))
from generated_client import Client  # noqa: E402
from generated_client.exceptions import GraphQLClientGraphQLMultiError  # noqa: E402

FOLDER = Path(__file__).parent
# What the public may not ask, and what is not there yet (no reporting period has opened), is said by its code.
EXPECTED = {"FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND", "BAD_REQUEST"}


async def main() -> int:
    names = json.loads((FOLDER / "built/calls.json").read_text())
    client = Client(url=f"{os.environ['SERVICE_URL']}/v1/graphql")
    answered, refused, failed = 0, 0, []
    for name in names:
        method = getattr(client, re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower())
        try:
            await method()
            answered += 1
        except GraphQLClientGraphQLMultiError as error:
            codes = {(found.extensions or {}).get("code") for found in error.errors}
            if codes <= EXPECTED:
                refused += 1
            else:
                failed.append((name, codes, str(error)))
        except Exception as error:  # noqa: BLE001
            failed.append((name, type(error).__name__, str(error)[:300]))
    for failure in failed:
        print(failure)
    print(
        f"ariadne-codegen: {len(names)} queries called without a variable, "
        f"{answered} answered, {refused} refused by code, {len(failed)} failed"
    )
    return 1 if failed else 0


sys.exit(asyncio.run(main()))
