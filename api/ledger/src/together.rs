//! Rows of several tables in one statement: what belongs together comes in together, and costs one
//! round trip.
//!
//! Postgres takes the rows as JSON and gives each column the type of its table. Row-level security
//! and the constraints of each table hold as for any other insert; what refers to a row of another
//! table is checked when the statement ends, with all rows there.

use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait as _, DbBackend, DbErr, EntityName as _,
    EntityTrait, IdenStatic as _, Iterable as _, Statement, Value,
};
use serde_json::{Map, json};

use super::Writer;
use database::DbError;

/// Rows of several tables, to be added by one statement.
#[derive(Debug, Default)]
pub struct Together {
    /// The insert of each table; its place in the list is the number of its value.
    inserts: Vec<String>,
    rows: Vec<Value>,
}

impl Together {
    /// Takes in rows of one table, all with the same columns.
    ///
    /// # Errors
    /// When a value has a type that no row has had yet.
    pub fn add<A: ActiveModelTrait>(&mut self, rows: &[A]) -> Result<(), DbError> {
        let Some(first) = rows.first() else {
            return Ok(());
        };
        let columns = <A::Entity as EntityTrait>::Column::iter();
        let columns: Vec<_> = columns
            .filter(|column| first.get(*column).is_set())
            .collect();
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let mut object = Map::new();
            for column in &columns {
                let value = match row.get(*column) {
                    ActiveValue::Set(value) | ActiveValue::Unchanged(value) => to_json(&value)?,
                    ActiveValue::NotSet => serde_json::Value::Null,
                };
                object.insert(column.as_str().to_owned(), value);
            }
            shown.push(serde_json::Value::Object(object));
        }
        let entity = A::Entity::default();
        let schema = entity.schema_name().unwrap_or("public");
        let table = format!("\"{schema}\".\"{}\"", entity.table_name());
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("\"{}\"", column.as_str()))
            .collect();
        let (names, place) = (names.join(", "), self.rows.len() + 1);
        self.inserts.push(format!(
            "added_{place} as (insert into {table} ({names})
                select {names} from jsonb_populate_recordset(null::{table}, ${place}))"
        ));
        self.rows.push(Value::from(serde_json::Value::Array(shown)));
        Ok(())
    }
}

impl Writer {
    /// Appends rows of several tables, in one statement.
    ///
    /// # Errors
    /// When the database refuses a row; then none is there.
    pub async fn append_together(
        &self,
        doing: &'static str,
        together: Together,
    ) -> Result<(), DbError> {
        if together.rows.is_empty() {
            return Ok(());
        }
        let sql = format!("with {} select 1", together.inserts.join(", "));
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, together.rows);
        let done = self.session().execute_raw(statement).await;
        done.map_err(DbError::doing(doing))?;
        Ok(())
    }
}

/// A value as Postgres reads it from JSON.
fn to_json(value: &Value) -> Result<serde_json::Value, DbError> {
    Ok(match value {
        Value::Bool(value) => json!(value),
        Value::SmallInt(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::BigInt(value) => json!(value),
        Value::String(value) => json!(value),
        Value::Uuid(value) => json!(value),
        Value::ChronoDate(value) => json!(value),
        Value::ChronoDateTimeUtc(value) => json!(value),
        Value::Json(value) => json!(value),
        Value::Bytes(value) => {
            json!(
                value
                    .as_ref()
                    .map(|bytes| format!("\\x{}", hex::encode(bytes)))
            )
        }
        other => {
            let error = DbErr::Type(format!("{other:?} cannot be added together with others"));
            return Err(DbError::doing("adding rows")(error));
        }
    })
}
