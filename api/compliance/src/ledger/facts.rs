//! What an entry changed, before and after, read from the facts themselves: nothing of it is kept
//! twice.
//!
//! Whoever sees an entry sees its facts: the part of the ledger that it stands in is that of its
//! facts. Row-level security says so once more, table by table. Persons are never told, not even by
//! their pseudonyms.

use std::collections::{BTreeSet, HashMap};

use async_graphql::SimpleObject;
use sea_orm::{FromQueryResult, Value as Bind, prelude::Uuid};
use serde_json::{Map, Value};

use database::{DbError, Session};
use domain::{
    ledger::codes::FactChange,
    redaction::{BLANK, is_blank},
};
use graphql::coded::Coded;
use ledger::canonical;

/// Columns that say which row it is, and not what it says.
const IDENTITY: [&str; 5] = ["id", "ledger_no", "subject_key", "corrects", "withdrawn"];
/// The end of the name of a column that holds the pseudonym of a person.
const PERSON: &str = "_subject";

/// A fact that an entry of the ledger brought in. NL: feit.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
pub(crate) struct LedgerFact {
    /// The table of facts that it stands in, as in `status_report`. NL: tabel.
    table: String,
    /// What happened to it. NL: soort wijziging.
    change: Coded<FactChange>,
    /// What it says, by column: of a new one all that it says, of a corrected one what differs. NL:
    /// velden.
    fields: Vec<LedgerField>,
}

/// What a column of a fact said and says. NL: veld.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
pub(crate) struct LedgerField {
    /// The column, as in `status`. NL: naam.
    name: String,
    /// What it said, in the canonical form of the ledger; null when it said nothing. NL: voorheen.
    before: Option<String>,
    /// What it says, in the canonical form of the ledger; null when it says nothing. NL: nadien.
    after: Option<String>,
    /// Whether a text in it was blanked by law since, which leaves null in its place. NL:
    /// geschrapt.
    redacted: bool,
}

#[derive(FromQueryResult)]
struct Row {
    ledger_no: i64,
    table_name: String,
    fact: Value,
    before: Option<Value>,
}

#[derive(FromQueryResult)]
struct Body {
    id: Uuid,
    body: Option<String>,
}

/// The texts that facts refer to; one that was blanked is there without its words.
type Texts = HashMap<Uuid, Option<String>>;

/// The facts of entries that the reader sees, by entry, in two statements. The hash of a submission
/// or of a file is blank once a text that it is of was blanked: it would tell it to whoever tries.
pub(super) async fn of_entries(
    session: &Session,
    numbers: Vec<i64>,
) -> Result<HashMap<i64, Vec<LedgerFact>>, DbError> {
    let rows: Vec<Row> = session
        .rows(
            "reading the facts of entries",
            "select f.ledger_no, f.table_name,
                case when h.now is null then f.fact
                    else f.fact || jsonb_build_object(h.now, $2::text) end as fact,
                case when h.was is null then f.before
                    else f.before || jsonb_build_object(h.was, $2::text) end as before
             from facts_of_entries($1) f, lateral (
                select guessable_hash(f.table_name, f.fact) as now,
                    guessable_hash(f.table_name, f.before) as was) h
             order by f.ledger_no, f.table_name, f.fact ->> 'id'",
            [Bind::from(numbers), Bind::from(BLANK)],
        )
        .await?;
    let ids: BTreeSet<Uuid> = rows
        .iter()
        .flat_map(|row| [Some(&row.fact), row.before.as_ref()])
        .flatten()
        .flat_map(canonical::text_ids)
        .collect();
    let bodies: Vec<Body> = session
        .rows(
            "reading the texts of entries",
            "select id, body from free_text where id = any ($1)",
            [Bind::from(ids.into_iter().collect::<Vec<_>>())],
        )
        .await?;
    let texts: Texts = bodies.into_iter().map(|row| (row.id, row.body)).collect();
    let mut facts: HashMap<i64, Vec<LedgerFact>> = HashMap::new();
    for row in rows {
        let shown = to_view(row.table_name, &row.fact, row.before.as_ref(), &texts);
        facts.entry(row.ledger_no).or_default().push(shown);
    }
    Ok(facts)
}

fn to_view(table: String, fact: &Value, before: Option<&Value>, texts: &Texts) -> LedgerFact {
    let nothing = Map::new();
    let fact = fact.as_object().unwrap_or(&nothing);
    let was = before.and_then(Value::as_object).unwrap_or(&nothing);
    let is_withdrawn = fact.get("withdrawn") == Some(&Value::Bool(true));
    let is = if is_withdrawn { &nothing } else { fact };
    let names: BTreeSet<&String> = is.keys().chain(was.keys()).collect();
    let fields = names
        .into_iter()
        .filter(|name| !IDENTITY.contains(&name.as_str()) && !name.ends_with(PERSON))
        .filter_map(|name| {
            let (before, after) = (value(name, was, texts), value(name, is, texts));
            let redacted = [&before, &after].contains(&&Some(FactValue::Redacted));
            (before != after).then(|| LedgerField {
                name: name.clone(),
                redacted,
                before: before.and_then(FactValue::text),
                after: after.and_then(FactValue::text),
            })
        })
        .collect();
    LedgerFact {
        table,
        change: Coded(match (is_withdrawn, before) {
            (true, _) => FactChange::Withdrawn,
            (false, Some(_)) => FactChange::Corrected,
            (false, None) => FactChange::Added,
        }),
        fields,
    }
}

/// What a column says.
#[derive(Debug, PartialEq, Eq)]
enum FactValue {
    Text(String),
    Redacted,
}

impl FactValue {
    fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Redacted => None,
        }
    }
}

fn value(name: &str, row: &Map<String, Value>, texts: &Texts) -> Option<FactValue> {
    let value = row.get(name)?;
    if let Some(body) = canonical::text_id(name, value).and_then(|id| texts.get(&id)) {
        return Some(body.clone().map_or(FactValue::Redacted, FactValue::Text));
    }
    match value {
        Value::Null => None,
        Value::String(text) if is_blank(text) => Some(FactValue::Redacted),
        Value::String(text) => Some(FactValue::Text(text.clone())),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Some(FactValue::Text(canonical::text(value)))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(name: &str, before: Option<&str>, after: Option<&str>, redacted: bool) -> LedgerField {
        LedgerField {
            name: name.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            redacted,
        }
    }

    #[test]
    fn a_correction_tells_what_differs_and_a_withdrawal_what_went() {
        let was = json!({ "id": "1", "status": "ONGOING", "number": 3, "note": null });
        let is = json!({ "id": "2", "status": "COMPLETED", "number": 3, "note": "x", "made_by_subject": "p" });
        let none = Texts::new();
        let corrected = to_view("t".to_owned(), &is, Some(&was), &none);
        assert_eq!(corrected.change.0, FactChange::Corrected);
        assert_eq!(
            corrected.fields,
            [
                field("note", None, Some("x"), false),
                field("status", Some("ONGOING"), Some("COMPLETED"), false)
            ]
        );
        let gone = json!({ "withdrawn": true, "status": "ONGOING" });
        let withdrawn = to_view("t".to_owned(), &gone, Some(&was), &none);
        assert_eq!(withdrawn.change.0, FactChange::Withdrawn);
        assert_eq!(
            withdrawn.fields,
            [
                field("number", Some("3"), None, false),
                field("status", Some("ONGOING"), None, false)
            ]
        );
    }

    #[test]
    fn a_blanked_text_is_absent_by_name() {
        let id = Uuid::from_u128(7);
        let fact = json!({ "explanation_text": id.to_string() });
        let with = |body: Option<&str>| {
            let texts = Texts::from([(id, body.map(str::to_owned))]);
            to_view("t".to_owned(), &fact, None, &texts).fields
        };
        assert_eq!(
            with(Some("woorden")),
            [field("explanation_text", None, Some("woorden"), false)]
        );
        assert_eq!(with(None), [field("explanation_text", None, None, true)]);
        let fact = json!({ "note": "[geschrapt]" });
        let fields = to_view("t".to_owned(), &fact, None, &Texts::new()).fields;
        assert_eq!(fields, [field("note", None, None, true)]);
    }
}
