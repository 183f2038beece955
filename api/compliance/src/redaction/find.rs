//! Where texts stand: free texts, and words in columns of facts that hold prose.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult as _, Statement, Value};

use super::{Sought, Text};
use database::DbError;
use domain::redaction::is_blank;
use ledger::prose;

/// Where words stand in a column: as its text, or in a list.
const IN_COLUMNS: &[&str] = &["$[*]"];
/// There, and in the lines of a publication.
const ANYWHERE: &[&str] = &["$[*]", "$[*].name", "$[*].cells[*].value"];

/// The texts that are sought, in the order of their entries.
///
/// # Errors
/// When the database fails.
pub async fn find_texts(
    auditor: &impl ConnectionTrait,
    sought: &Sought,
) -> Result<Vec<Text>, DbError> {
    match sought {
        Sought::Id(id, field) => {
            let id = [Value::from(*id)];
            let found = texts(auditor, IN_COLUMNS, "t.id = $1", id).await?;
            Ok(of_field(found, field.as_ref()))
        }
        Sought::Of { kind, key, field } => {
            let values = [Value::from(kind.clone()), Value::from(key.clone())];
            let condition = "l.subject_kind = $1 and l.subject_key = $2";
            let found = texts(auditor, IN_COLUMNS, condition, values).await?;
            Ok(of_field(found, field.as_ref()))
        }
    }
}

fn of_field(mut found: Vec<Text>, field: Option<&String>) -> Vec<Text> {
    found.retain(|text| field.is_none_or(|field| *field == text.field));
    found
}

/// A text and every copy of it: the same words, whatever they explain.
///
/// # Errors
/// When the database fails.
pub async fn copies(auditor: &impl ConnectionTrait, body: &str) -> Result<Vec<Text>, DbError> {
    texts(auditor, ANYWHERE, "t.body = $1", [Value::from(body)]).await
}

async fn texts(
    connection: &impl ConnectionTrait,
    paths: &[&str],
    condition: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Text>, DbError> {
    let of_facts: Vec<String> = prose::tables()
        .map(|(table, columns)| of_table(table, &columns.collect::<Vec<_>>(), paths))
        .collect();
    let sql = format!(
        r"select t.id, t.ledger_no as entry, l.recorded_at, l.subject_kind, l.subject_key,
             l.part, l.municipality, l.period, t.body, coalesce(t.field, (
                select coalesce(f.fact ->> 'criterion', regexp_replace(c.key, '_text$', ''))
                from facts_between(t.ledger_no, t.ledger_no) f, jsonb_each_text(f.fact) c
                where c.value = t.id::text and c.key like '%\_text' limit 1), 'text') as field,
             t.fact_table
         from (
             select id, ledger_no, body, null::text as field, null::text as fact_table
             from free_text where kind <> 'REDACTED'
             union all {}
         ) t join ledger l on l.number = t.ledger_no
         where {condition} order by 2, 11 nulls first, 9, 10, 1",
        of_facts.join(" union all ")
    );
    // A hundred tables look dear to the planner, and compiling the plan would take many seconds.
    connection
        .execute_unprepared("set jit = off")
        .await
        .map_err(DbError::doing("looking for texts"))?;
    let mut found = Text::find_by_statement(Statement::from_sql_and_values(
        DbBackend::Postgres,
        sql,
        values,
    ))
    .all(connection)
    .await
    .map_err(DbError::doing("looking for texts"))?;
    for text in &mut found {
        let is_gone = text.fact_table.is_some() && text.body.as_deref().is_some_and(is_blank);
        text.body = text.body.take().filter(|_| !is_gone);
    }
    Ok(found)
}

/// The words in the columns of one table. The names come from the list of prose, never from a
/// client.
fn of_table(table: &str, columns: &[&str], paths: &[&str]) -> String {
    let texts = |path: &&str| {
        format!(r#"select jsonb_path_query(c.value, '{path} ? (@.type() == "string")') #>> '{{}}'"#)
    };
    let texts: Vec<String> = paths.iter().map(texts).collect();
    let members: Vec<String> = columns
        .iter()
        .map(|column| format!(r#"'{column}', f."{column}""#))
        .collect();
    format!(
        "select f.id, f.ledger_no, w.body, c.key, '{table}' from fact.{table} f,
             jsonb_each(jsonb_strip_nulls(jsonb_build_object({}))) c, lateral ({}) w (body)",
        members.join(", "),
        texts.join(" union ")
    )
}
