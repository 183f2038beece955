// What is asked of both servers: the same things, each in its own words. `rows` reads an answer into plain rows, so that both can
// be compared, and so that the peer's tables are filled with what the service answers.

export const PERIOD = "2026-1";
export const MUNICIPALITY = "GM0402";
export const PAGE = 500;

const statuses = (counts) => counts.statuses.map(({ status, count }) => [status, count]);

export const questions = {
  Q1: {
    title: "dashboard by line",
    ours: "{ dashboard { lines { line { number shortTitle } counts { actions statuses { status count } } } } }",
    peer: "{ lines { number shortTitle actions statuses { status count } } }",
    rows: (data) =>
      data.dashboard.lines.map(({ line, counts }) => [line.number, line.shortTitle, counts.actions, statuses(counts)]),
    peerRows: (data) => data.lines.map((line) => [line.number, line.shortTitle, line.actions, statuses(line)]),
  },
  Q2: {
    title: "46 actions with line, status, explanation, timeline and partners",
    ours: `{ actions(first: 100) { nodes { key number title { nl } line { number } status explanation
      timeline { year planned } partners { role partner { key name { nl } } } } } }`,
    peer: `{ actions { key number title line { number } status explanation
      timeline { year planned } partners { role partner { key name } } } }`,
    rows: (data) =>
      data.actions.nodes.map((action) => [
        action.key,
        action.number,
        action.title.nl,
        action.line.number,
        action.status,
        action.explanation,
        action.timeline.map(({ year, planned }) => [year, planned]),
        action.partners.map(({ role, partner }) => [role, partner.key, partner.name.nl]),
      ]),
    peerRows: (data) =>
      data.actions.map((action) => [
        action.key,
        action.number,
        action.title,
        action.line.number,
        action.status,
        action.explanation,
        action.timeline.map(({ year, planned }) => [year, planned]),
        action.partners.map(({ role, partner }) => [role, partner.key, partner.name]),
      ]),
  },
  Q3: {
    title: "25 regions, 342 municipalities with region and verdict",
    ours: `{ regions { code name } compliancePicture(period: "${PERIOD}") {
      municipalities { municipality { code name region { code } } status since } } }`,
    peer: "{ regions { code name } municipalities { code name region { code } verdict { status since } } }",
    rows: (data) => [
      ...data.regions.map(({ code, name }) => [code, name]),
      ...data.compliancePicture.municipalities.map(({ municipality, status, since }) => [
        municipality.code,
        municipality.name,
        municipality.region?.code ?? null,
        status,
        since,
      ]),
    ],
    peerRows: (data) => [
      ...data.regions.map(({ code, name }) => [code, name]),
      ...data.municipalities.map(({ code, name, region, verdict }) => [
        code,
        name,
        region?.code ?? null,
        verdict.status,
        verdict.since,
      ]),
    ],
  },
  Q4: {
    title: "one assessment with its 22 answers",
    ours: `{ assessment(municipality: "${MUNICIPALITY}", period: "${PERIOD}") { state
      latestVersion { number answers { criterion { code title { nl } } answer explanation evidence { kind title effectiveOn } } } } }`,
    peer: `{ assessment(municipality: "${MUNICIPALITY}") { state
      number answers { criterion { code title } answer explanation evidence { kind title effectiveOn } } } }`,
    rows: (data) => [
      data.assessment.state,
      data.assessment.latestVersion.number,
      data.assessment.latestVersion.answers.map(({ criterion, answer, explanation, evidence }) => [
        criterion.code,
        criterion.title.nl,
        answer,
        explanation,
        evidence.map(({ kind, title, effectiveOn }) => [kind, title, effectiveOn]),
      ]),
    ],
    peerRows: (data) => [
      data.assessment.state,
      data.assessment.number,
      data.assessment.answers.map(({ criterion, answer, explanation, evidence }) => [
        criterion.code,
        criterion.title,
        answer,
        explanation,
        evidence.map(({ kind, title, effectiveOn }) => [kind, title, effectiveOn]),
      ]),
    ],
  },
  Q5: {
    title: `${PAGE} rows of the history of answers`,
    path: `/v1/odata/fact_answer_history?$top=${PAGE}`,
    rows: (data) => data.value,
    peerRows: (data) => data.history,
  },
  M1: { title: "a draft of 22 answers saved" },
};

export const MUTATION = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
  errors { codeText } assessment { state draft { answers { criterion { code } answer revision } } } } }`;
export const PEER_MUTATION = `mutation ($municipality: String!, $answers: [AnswerInput!]!) {
  saveDraft(municipality: $municipality, answers: $answers) { state answers { criterion answer revision } } }`;
