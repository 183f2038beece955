// The peer: mercurius, compiled queries on, over prepared statements and loaders on plain tables that hold what the service
// answers. It asks nobody who they are and keeps no history: it is the cheapest honest answer to the same question.
import fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE, max: 16 });
pg.types.setTypeParser(pg.types.builtins.DATE, String);
const columns = (await pool.query("select * from peer.history limit 0")).fields.map(({ name }) => name);

const rows = (name, text, values = []) => pool.query({ name, text, values }).then((result) => result.rows);

// Rows for each of several keys, in one statement.
const byKey = async (name, text, keys, column) => {
  const found = new Map(keys.map((key) => [key, []]));
  for (const row of await rows(name, text, [keys])) found.get(row[column]).push(row);
  return keys.map((key) => found.get(key));
};

const schema = `
  type StatusCount { status: String! count: Int! }
  type Line { number: Int! shortTitle: String actions: Int! statuses: [StatusCount!]! }
  type Year { year: Int! planned: String! }
  type Partner { key: String! name: String! }
  type Role { role: String! partner: Partner! }
  type Action { key: String! number: Int! title: String! line: Line! status: String explanation: String
    timeline: [Year!]! partners: [Role!]! }
  type Region { code: String! name: String! }
  type Verdict { status: String! since: String }
  type Municipality { code: String! name: String! region: Region verdict: Verdict! }
  type Criterion { code: String! title: String! }
  type Evidence { kind: String! title: String effectiveOn: String! }
  type Answer { criterion: Criterion! answer: String! explanation: String evidence: [Evidence!]! }
  type Assessment { state: String! number: Int! answers: [Answer!]! }
  scalar Json
  type HistoryRow { ${columns.map((name) => `${name}: Json`).join(" ")} }
  type DraftAnswer { criterion: String! answer: String! revision: Int! }
  type Draft { state: String! answers: [DraftAnswer!]! }
  input AnswerInput { criterion: String! answer: String! explanation: String revision: Int }
  type Query { lines: [Line!]! actions: [Action!]! regions: [Region!]! municipalities: [Municipality!]!
    assessment(municipality: String!): Assessment history(first: Int!): [HistoryRow!]! }
  type Mutation { saveDraft(municipality: String!, answers: [AnswerInput!]!): Draft! }
`;

const LINES = `select number, short_title as "shortTitle" from peer.line order by number`;
const resolvers = {
  Query: {
    lines: () => rows("lines", LINES),
    actions: () => rows("actions", "select key, number, title, line, status, explanation from peer.action order by number"),
    regions: () => rows("regions", "select code, name from peer.region order by code"),
    municipalities: () =>
      rows("municipalities", "select code, name, region, status, since from peer.municipality order by code").then((found) =>
        found.map((row) => ({ ...row, verdict: { status: row.status, since: row.since } })),
      ),
    assessment: (_, { municipality }) =>
      rows("assessment", "select municipality, state, number from peer.assessment where municipality = $1", [municipality]).then(
        ([found]) => found,
      ),
    history: (_, { first }) => rows("history", "select * from peer.history order by place limit $1", [first]),
  },
  Mutation: {
    async saveDraft(_, { municipality, answers }) {
      const client = await pool.connect();
      try {
        await client.query("begin");
        await client.query({
          name: "save",
          text: `insert into peer.draft as d (municipality, criterion, answer, explanation, revision)
            select $1, a.criterion, a.answer, a.explanation, 1
            from unnest($2::text[], $3::text[], $4::text[]) a (criterion, answer, explanation)
            on conflict (municipality, criterion) do update
            set answer = excluded.answer, explanation = excluded.explanation, revision = d.revision + 1`,
          values: [
            municipality,
            answers.map(({ criterion }) => criterion),
            answers.map(({ answer }) => answer),
            answers.map(({ explanation }) => explanation),
          ],
        });
        const saved = await client.query({
          name: "draft",
          text: "select criterion, answer, revision from peer.draft where municipality = $1 order by criterion",
          values: [municipality],
        });
        await client.query("commit");
        return { state: "DRAFT", answers: saved.rows };
      } finally {
        client.release();
      }
    },
  },
};

const loaders = {
  Line: {
    statuses: (queries) =>
      byKey(
        "statuses",
        `select l.number as line, s.code as status, count(a.key)::int as count
         from unnest($1::int[]) l (number) cross join peer.status s
         left join peer.action a on a.line = l.number and a.status = s.code
         group by l.number, s.code, s.place order by l.number, s.place`,
        queries.map(({ obj }) => obj.number),
        "line",
      ),
    actions: async (queries) => {
      const counted = await rows(
        "counted",
        "select line, count(*)::int as actions from peer.action where line = any($1) and status is not null group by line",
        [queries.map(({ obj }) => obj.number)],
      );
      const found = new Map(counted.map(({ line, actions }) => [line, actions]));
      return queries.map(({ obj }) => found.get(obj.number) ?? 0);
    },
  },
  Action: {
    line: async (queries) => {
      const lines = new Map((await rows("lines", LINES)).map((line) => [line.number, line]));
      return queries.map(({ obj }) => lines.get(obj.line));
    },
    timeline: (queries) =>
      byKey(
        "timeline",
        "select action, year, planned from peer.planned where action = any($1) order by action, place",
        queries.map(({ obj }) => obj.key),
        "action",
      ),
    partners: (queries) =>
      byKey(
        "partners",
        `select r.action, r.role, p.key, p.name from peer.role r join peer.partner p on p.key = r.partner
         where r.action = any($1) order by r.action, r.place`,
        queries.map(({ obj }) => obj.key),
        "action",
      ).then((all) => all.map((roles) => roles.map(({ role, key, name }) => ({ role, partner: { key, name } })))),
  },
  Municipality: {
    region: async (queries) => {
      const codes = [...new Set(queries.map(({ obj }) => obj.region))];
      const found = new Map(
        (await rows("region", "select code, name from peer.region where code = any($1)", [codes])).map((region) => [region.code, region]),
      );
      return queries.map(({ obj }) => found.get(obj.region) ?? null);
    },
  },
  Assessment: {
    answers: (queries) =>
      byKey(
        "answers",
        `select municipality, criterion as code, answer, explanation from peer.answer
         where municipality = any($1) order by municipality, place`,
        queries.map(({ obj }) => obj.municipality),
        "municipality",
      ),
  },
  Answer: {
    criterion: async (queries) => {
      const found = await rows("criteria", "select code, title from peer.criterion where code = any($1)", [queries.map(({ obj }) => obj.code)]);
      const criteria = new Map(found.map((criterion) => [criterion.code, criterion]));
      return queries.map(({ obj }) => criteria.get(obj.code));
    },
    evidence: async (queries) => {
      const found = await rows(
        "evidence",
        `select e.municipality, e.criterion, e.kind, e.title, e.effective_on as "effectiveOn"
         from unnest($1::text[], $2::text[]) o (municipality, criterion)
         join peer.evidence e on e.municipality = o.municipality and e.criterion = o.criterion
         order by e.municipality, e.criterion, e.place`,
        [queries.map(({ obj }) => obj.municipality), queries.map(({ obj }) => obj.code)],
      );
      const of = new Map(queries.map(({ obj }) => [`${obj.municipality} ${obj.code}`, []]));
      for (const row of found) of.get(`${row.municipality} ${row.criterion}`).push(row);
      return queries.map(({ obj }) => of.get(`${obj.municipality} ${obj.code}`));
    },
  },
};

// Nothing is kept between requests, as with us; within one, each loader sends one statement.
const uncached = (all) =>
  Object.fromEntries(
    Object.entries(all).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([field, loader]) => [field, { loader, opts: { cache: false } }])),
    ]),
  );

const app = fastify();
app.register(mercurius, { schema, resolvers, loaders: uncached(loaders), jit: 1 });
const address = await app.listen({ port: 0, host: "127.0.0.1" });
process.send({ address, columns });
