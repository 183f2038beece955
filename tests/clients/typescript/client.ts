// A client in TypeScript, typed from the schema: graphql-request for a query and a mutation, graphql-ws for a subscription.
// That it compiles is half of the check: every operation, its variables and its answer have types.
import assert from 'node:assert/strict';
import { GraphQLClient } from 'graphql-request';
import { createClient } from 'graphql-ws';
import { print } from 'graphql';
import WebSocket from 'ws';
import {
  ActionTitleDocument,
  AnswerValue,
  FollowStatusDocument,
  OpenPeriodDocument,
  SaveDraftDocument,
  WhoAmIDocument,
  type FollowStatusSubscription,
} from './gql/graphql.js';

const url = `${process.env.SERVICE_URL}/v1/graphql`;
const as = (token: string | undefined) =>
  new GraphQLClient(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});

const { action } = await as(undefined).request(ActionTitleDocument, { number: 32 });
assert.ok(action && action.title.nl.length > 0);

const municipality = as(process.env.STM_TOKEN_MUNICIPALITY);
const { viewer } = await municipality.request(WhoAmIDocument);
assert.deepEqual([viewer.role, viewer.organisation?.code], ['MUNICIPALITY', 'GM0402']);
console.log('ok query: graphql-request, typed');

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const { openReportingPeriod } = await as(process.env.STM_TOKEN_VNG).request(OpenPeriodDocument, {
  input: {
    key: '2026-2',
    edition: 'VOORSTEL-1',
    opensOn: day(-1),
    deadlineOn: day(30),
    lastDay: day(60),
    idempotencyKey: 'clients',
  },
});
assert.deepEqual(openReportingPeriod, { period: { key: '2026-2' }, errors: [] });
const { saveDraft } = await municipality.request(SaveDraftDocument, {
  input: { municipality: 'GM0402', period: '2026-2', answers: [{ criterion: 'SV-01', answer: AnswerValue.Met }] },
});
assert.deepEqual(saveDraft.errors, []);
assert.equal(saveDraft.assessment?.state, 'DRAFT');
console.log('ok mutation: graphql-request, typed');

const sockets = createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
const told: FollowStatusSubscription['statusReported'][] = [];
const query = print(FollowStatusDocument);
for await (const { data } of sockets.iterate<FollowStatusSubscription>({ query, variables: { since: '0' } })) {
  assert.ok(data);
  told.push(data.statusReported);
  if (told.length === 3) break;
}
assert.ok(told.every(({ action }) => action && action.key.startsWith('2024/')));
await sockets.dispose();
console.log('ok subscription: graphql-ws, typed');
