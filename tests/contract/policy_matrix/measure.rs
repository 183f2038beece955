//! The matrix as the service makes it: each operation of the table is called as each role, and what
//! happens is compared with what the table expects.

use std::fmt::Write as _;

use acceptance::{Answer, App, Client};
use domain::policy::{self, Rule};
use serde_json::{Value, json};

use super::{
    OTHER, OWN, Outcome, Subject, Who,
    inputs::{input, secret},
    mandate::{Row, row_of},
    queries::QUERIES,
};

/// What stands above the written matrix.
const HEAD: &str = "\
Who may do what, measured over HTTP by tests/contract/policy_matrix and compared with the mandate \
table.

allowed   all of it: as much as the role that sees most, or the change is made
filtered  fewer rows or none, without an error
refused   FORBIDDEN and nothing is changed; of a surface 401, 403 or 404

own    GM0402, whose assessment is submitted and confirmed: own to MUNICIPALITY (GM0402) and to \
REGION (VR14)
other  GM0363, whose assessment is submitted and not confirmed, in VR13: nobody's own
       of reportStatus, recordResult and recordMeasurement: action 33, which CoMensha (PARTNER) \
       owns, and action 30,
       which VNG owns as a partner
       of feed keys: one's own organisation's, and that of GM0363
-      about nobody in particular
Where the mandate table treats parts of an answer apart, the part stands after the colon.

";

/// A number that changes with every row that a refused operation could have left behind.
pub(super) async fn fingerprint(app: &App) -> i64 {
    app.database
        .count(
            "select hashtextextended(concat_ws('|',
                (select count(*) from ledger), (select number from ledger_head), (select count(*)
                from free_text),
                (select count(*) from fact.assessment_version), (select count(*) from fact.answer),
                (select count(*) from fact.review_decision), (select count(*) from
                fact.verdict_span),
                (select count(*) from fact.regional_answer), (select count(*) from
                fact.regional_review),
                (select count(*) from fact.regional_meeting), (select count(*) from
                fact.regional_bottleneck),
                (select count(*) from fact.regional_decision), (select count(*) from
                fact.regional_report),
                (select count(*) from fact.reporting_period), (select count(*) from
                fact.reporting_region),
                'draft', (select string_agg(t::text, ';' order by t::text) from work.draft t),
                'answer', (select string_agg(t::text, ';' order by t::text) from work.draft_answer
                t),
                'claim', (select string_agg(t::text, ';' order by t::text) from work.claim t),
                'feed key', (select string_agg(t::text, ';' order by t::text) from work.feed_key t),
                'mailbox', (select string_agg(t::text, ';' order by t::text) from
                work.functional_mailbox t),
                'key', (select string_agg(t::text, ';' order by t::text) from work.idempotency_key
                t)), 0)",
        )
        .await
}

/// Known values in an answer.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Array(values) => values.iter().map(weight).sum(),
        Value::Object(fields) => fields.values().map(weight).sum(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// Rows in the answer of an address: of a list as OData tells it, of a schema, of a number alone;
/// else its lines.
fn rows_of(body: &str) -> usize {
    let listed = serde_json::from_str::<Value>(body)
        .ok()
        .and_then(|json| match json {
            Value::Number(number) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok()),
            json => json["value"].as_array().map(Vec::len),
        });
    listed.unwrap_or_else(|| body.lines().count() + body.matches("<EntitySet ").count())
}

/// Whether a refusal says by which rule: the one that the table of operations names, in both
/// languages.
fn names_its_rule(mutation: &str, error: &Value) -> bool {
    policy::Operation::from_code(mutation).is_some_and(|operation| {
        let rule = operation.rule();
        let (nl, en) = rule.text();
        let shown = &error["extensions"];
        shown["rule"] == rule.code() && shown["messageNl"] == nl && error["message"] == en
    })
}

/// Whether what is withheld says where, and by which rule, in both languages.
fn is_explained(withheld: &Value) -> bool {
    let rule = Rule::ALL
        .iter()
        .find(|rule| withheld["rule"] == rule.code());
    rule.is_some_and(|rule| {
        let (nl, en) = rule.text();
        withheld["because"] == json!({ "nl": nl, "en": en })
            && withheld["path"]
                .as_array()
                .is_some_and(|path| !path.is_empty())
    })
}

/// Whether an answer says nothing of a stranger's, nothing that is filtered out, and why it holds
/// something back.
fn is_discreet(answer: &Answer, subject: Subject, outcome: Outcome) -> bool {
    let code = subject.municipality();
    let stranger = if code == OWN { OTHER } else { OWN };
    let is_hidden = outcome != Outcome::Filtered || !answer.body.contains(&secret(code));
    let json = answer.json();
    let withheld = json["extensions"]["withheld"].as_array();
    let is_explained = withheld.is_none_or(|withheld| withheld.iter().all(is_explained));
    is_hidden && is_explained && !answer.body.contains(&secret(stranger))
}

/// Puts the id of the first key of the organisation that stands in `key`.
pub(super) async fn name_feed_key(app: &App, input: &mut Value) {
    let Some(organisation) = input["key"].as_str() else {
        return;
    };
    let first = format!(
        "select id::bigint from work.feed_key where organisation = '{organisation}'
         order by created_at limit 1"
    );
    input["key"] = format!("{:012}", app.database.count(&first).await).into();
}

/// What an attempt came to, and what is wrong with how it was answered.
fn judge(mutation: &str, answer: &Answer, changed: bool) -> (Outcome, Vec<String>) {
    let json = answer.json();
    let mut mistakes = Vec::new();
    if json["data"][mutation] == json!({ "errors": [] }) && json.get("errors").is_none() {
        if !changed {
            mistakes.push("was allowed and changed nothing".to_owned());
        }
        return (Outcome::Allowed, mistakes);
    }
    if changed {
        mistakes.push("was refused and changed something".to_owned());
    }
    if answer.codes() != ["FORBIDDEN"] || !json["data"].is_null() {
        mistakes.push(answer.body.clone());
    }
    if !names_its_rule(mutation, &json["errors"][0]) {
        mistakes.push(format!("by which rule? {}", answer.body));
    }
    let secrets = ["Vertrouwelijk", OWN, OTHER, "Hilversum", "Amsterdam"];
    if secrets.iter().any(|word| answer.body.contains(word)) {
        mistakes.push(format!("tells too much: {}", answer.body));
    }
    (Outcome::Refused, mistakes)
}

/// The ids that the service gave out for one subject: of its assessment and its municipality.
pub(super) struct Ids {
    pub(super) assessment: String,
    pub(super) municipality: String,
}

/// The ids for a subject.
pub(super) async fn ids_of(reviewer: &Client, subject: Subject) -> Ids {
    let code = subject.municipality();
    let query = format!(
        "{{ assessment(municipality: \"{code}\", period: \"2026-2\") {{ id }}
            municipality(code: \"{code}\") {{ id }} }}"
    );
    let data = reviewer.ask(&query).await.data();
    let id = |field: &str| data[field]["id"].as_str().expect("an id").to_owned();
    Ids {
        assessment: id("assessment"),
        municipality: id("municipality"),
    }
}

/// The matrix as it is measured.
#[derive(Default)]
pub(super) struct Matrix {
    rows: Vec<(&'static Row, Subject, Vec<Outcome>)>,
    pub(super) mistakes: Vec<String>,
}

/// The status by which an address refuses: the public is told to sign in; a sheet or a receipt that
/// is not for somebody is one that is not there; elsewhere the role is refused.
fn refusal_of(who: Who, surface: &str) -> u16 {
    let is_not_there = ["/answer-sheet", "/receipt.", "/status-reports"];
    if who == Who::Public {
        401
    } else if is_not_there.iter().any(|part| surface.contains(part)) {
        404
    } else {
        403
    }
}

/// What is fetched of an address: GraphQL answers nobody who asks nothing.
fn visited(surface: &str) -> String {
    match surface {
        "/graphql" => format!("{surface}?query=%7B__typename%7D"),
        page => page.to_owned(),
    }
}

impl Matrix {
    pub(super) fn add(&mut self, row: &'static Row, subject: Subject, outcomes: Vec<Outcome>) {
        for (who, outcome) in Who::ALL.into_iter().zip(&outcomes) {
            let expected = row.expected(who, subject);
            if expected != *outcome {
                self.mistakes.push(format!(
                    "{who:?} × {} {} × {}: the mandate table says {}, the service {}",
                    row.kind.label(),
                    row.operation,
                    subject.label(),
                    expected.label(),
                    outcome.label()
                ));
            }
        }
        self.rows.push((row, subject, outcomes));
    }

    /// Asks a query as each role; what one role sees is measured by the role that sees most.
    pub(super) async fn ask(&mut self, clients: &[Client], row: &'static Row, ids: &[Ids; 2]) {
        let text = QUERIES.iter().find(|(name, _)| *name == row.operation);
        let (_, text) = text.unwrap_or_else(|| panic!("no query for {}", row.operation));
        for &subject in row.subjects {
            let ids = subject.choose(&ids[0], &ids[1]);
            let query = text
                .replace("CODE", subject.municipality())
                .replace("AREA", subject.area())
                .replace("\"ID\"", &format!("\"{}\"", ids.assessment))
                .replace("PLACE", &ids.municipality);
            let mut answers: Vec<Answer> = Vec::new();
            for client in clients {
                answers.push(client.ask(&query).await);
            }
            let weights = answers.iter().map(|answer| weight(&answer.data()));
            let weights: Vec<usize> = weights.collect();
            let most = weights.iter().copied().max().unwrap_or_default();
            let outcomes = weights.iter().map(|&weight| {
                if weight > 0 && weight == most {
                    Outcome::Allowed
                } else {
                    Outcome::Filtered
                }
            });
            let outcomes: Vec<Outcome> = outcomes.collect();
            for ((who, answer), outcome) in Who::ALL.into_iter().zip(&answers).zip(&outcomes) {
                if !is_discreet(answer, subject, *outcome) {
                    self.mistakes.push(format!(
                        "{who:?} × {} × {}: {}",
                        row.operation,
                        subject.label(),
                        answer.body
                    ));
                }
            }
            self.add(row, subject, outcomes);
        }
    }

    /// Visits an address as each role; what one role sees is measured by the role that sees most.
    pub(super) async fn visit(&mut self, clients: &[Client], row: &'static Row) {
        let surface = row.operation;
        let answers_row = row_of("assessment: answers").expect("a row of the table");
        let mut answers: Vec<Answer> = Vec::new();
        for client in clients {
            answers.push(client.get(&visited(surface)).await);
        }
        let rows: Vec<usize> = answers.iter().map(|answer| rows_of(&answer.body)).collect();
        let most = rows.iter().copied().max().unwrap_or_default();
        let mut outcomes = Vec::new();
        for ((who, answer), rows) in Who::ALL.into_iter().zip(&answers).zip(rows) {
            for &subject in answers_row.subjects {
                let may = answers_row.expected(who, subject) == Outcome::Allowed;
                if !may && answer.body.contains(&secret(subject.municipality())) {
                    self.mistakes
                        .push(format!("{who:?} × {surface}: {}", answer.body));
                }
            }
            outcomes.push(match answer.status {
                status if status == refusal_of(who, surface) => Outcome::Refused,
                200 if rows == most => Outcome::Allowed,
                200 => Outcome::Filtered,
                status => {
                    self.mistakes
                        .push(format!("{who:?} × {surface}: {status} {}", answer.body));
                    Outcome::Filtered
                }
            });
        }
        self.add(row, Subject::Nobody, outcomes);
    }

    /// Tries a mutation as each role. A refusal has its code, tells nothing, and changes nothing.
    pub(super) async fn attempt(&mut self, app: &App, clients: &[Client], mutation: &str) {
        let row = row_of(mutation);
        let row =
            row.unwrap_or_else(|| panic!("{mutation}: which row of the mandate table is it?"));
        for &subject in row.subjects {
            let mut outcomes = Vec::new();
            for (who, client) in Who::ALL.into_iter().zip(clients) {
                let before = fingerprint(app).await;
                let mut input = input(mutation, who, subject);
                if mutation.ends_with("FeedKey") {
                    name_feed_key(app, &mut input).await;
                }
                let answer = client.send_mutation(mutation, "", input).await;
                let changed = fingerprint(app).await != before;
                let (outcome, mistakes) = judge(mutation, &answer, changed);
                let cell = format!("{who:?} × {mutation} × {}", subject.label());
                let mistakes = mistakes.into_iter();
                self.mistakes
                    .extend(mistakes.map(|mistake| format!("{cell}: {mistake}")));
                outcomes.push(outcome);
            }
            self.add(row, subject, outcomes);
        }
    }

    pub(super) fn render(mut self) -> String {
        let place = |row: &Row, subject| (row.kind.label(), row.operation, subject);
        self.rows
            .sort_by_key(|(row, subject, _)| place(row, *subject));
        let mut text = HEAD.to_owned();
        let columns = |text: &mut String, first: &str, second: &str, cells: [&str; 6]| {
            let mut line = format!("{first:<48}{second:<7}");
            for (cell, width) in cells.into_iter().zip([10, 10, 14, 10, 10, 10]) {
                write!(line, "{cell:<width$}").expect("a text takes a text");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        };
        let roles = [
            "PUBLIC",
            "PARTNER",
            "MUNICIPALITY",
            "REGION",
            "VNG",
            "MINISTRY",
        ];
        columns(&mut text, "operation", "of", roles);
        for (row, subject, outcomes) in &self.rows {
            let mut cells = [""; 6];
            for (cell, outcome) in cells.iter_mut().zip(outcomes) {
                *cell = outcome.label();
            }
            let operation = format!("{} {}", row.kind.label(), row.operation);
            columns(&mut text, &operation, subject.label(), cells);
        }
        text
    }
}
