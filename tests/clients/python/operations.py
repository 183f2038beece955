"""A query, a mutation and a subscription by the Python client gql, with the schema fetched and each document checked.

Asks the service of SERVICE_URL, as the public and with the token STM_TOKEN_VNG.
"""

import asyncio
import os

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

URL = os.environ["SERVICE_URL"] + "/v1/graphql"
BEARER = {"Authorization": f"Bearer {os.environ['STM_TOKEN_VNG']}"}


async def over_http():
    transport = AIOHTTPTransport(url=URL, headers=BEARER, ssl=False)
    # The schema is fetched by introspection; a document that does not fit it would not be sent.
    async with Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=60) as session:
        told = await session.execute(gql("{ viewer { role organisation { code } } }"))
        assert told == {"viewer": {"role": "VNG", "organisation": {"code": "VNG"}}}, told
        print("ok query: gql, against the schema by introspection")

        register = gql(
            """mutation ($input: RegisterSourceDocumentInput!) {
              registerSourceDocument(input: $input) { document { key } errors { code } }
            }"""
        )
        register.variable_values = {
            "input": {"key": "gql", "kind": "STATEMENT", "titleNl": "Verklaring", "idempotencyKey": "gql"}
        }
        told = await session.execute(register)
        expected = {"registerSourceDocument": {"document": {"key": "gql"}, "errors": []}}
        assert told == expected, told
        print("ok mutation: gql")


async def over_a_socket():
    transport = WebsocketsTransport(
        url=URL.replace("http", "ws", 1), init_payload=BEARER, subprotocols=["graphql-transport-ws"]
    )
    async with Client(transport=transport) as session:
        numbers = []
        follow = gql("subscription { statusReported(since: 0) { ledger action { key } } }")
        async for told in session.subscribe(follow):
            numbers.append(told["statusReported"]["ledger"])
            if len(numbers) == 5:
                break
        assert numbers == sorted(set(numbers)), numbers
        try:
            await session.execute(gql("subscription { statusReported(action: 47) { ledger } }"))
            raise AssertionError("an action that is not there")
        except TransportQueryError as error:
            assert error.errors[0]["extensions"]["code"] == "NOT_FOUND", error
        print("ok subscription: gql")


asyncio.run(over_http())
asyncio.run(over_a_socket())
