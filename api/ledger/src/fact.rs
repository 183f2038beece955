//! What every row of facts begins with: its entry, its subject, its source.

use chrono::NaiveDate;
use sea_orm::{ActiveModelTrait, ActiveValue, EntityTrait, prelude::Uuid};

use super::{EntryDraft, Writer};
use database::DbError;
/// For the macros below: a row has an id of its own.
pub use database::ids::row_id;

/// The entry that a row of facts belongs to.
#[derive(Debug, Clone)]
pub struct Head {
    /// The number of the entry.
    pub number: i64,
    /// The natural key of the thing that the row tells of.
    pub subject_key: String,
    /// The document and the place in it.
    pub source: Option<(String, String)>,
}

impl Writer {
    /// Opens the next entry for one row of facts.
    pub fn open_entry(&mut self, draft: EntryDraft) -> Head {
        let (subject_key, source) = (draft.subject_key.clone(), draft.source.clone());
        Head {
            number: self.entry(draft),
            subject_key,
            source,
        }
    }

    /// Appends rows of facts of one table, in one statement.
    pub async fn append<A: ActiveModelTrait>(
        &self,
        doing: &'static str,
        rows: Vec<A>,
    ) -> Result<(), DbError> {
        if rows.is_empty() {
            return Ok(());
        }
        A::Entity::insert_many(rows)
            .exec_without_returning(self.session())
            .await
            .map_err(DbError::doing(doing))?;
        Ok(())
    }
}

/// Columns that every table of facts has and a row need not name; what is not named stays empty.
#[derive(Debug, Default)]
pub struct Common {
    /// First day on which the row holds.
    pub valid_from: ActiveValue<Option<NaiveDate>>,
    /// First day on which it no longer holds.
    pub valid_to: ActiveValue<Option<NaiveDate>>,
    /// The row that it takes the place of.
    pub corrects: ActiveValue<Option<Uuid>>,
    /// Whether it only takes another away.
    pub withdrawn: ActiveValue<bool>,
    /// What a reader should know of it.
    pub note: ActiveValue<Option<String>>,
}

/// A row of facts of an entity: what every row begins with, and its own columns, each with its
/// value. Every column of its own must be named, so that a new one does not compile until each row
/// says what it holds; of those in [`Common`], which all tables have, the ones that are not named
/// stay empty.
#[macro_export]
macro_rules! fact {
    ($entity:ident, $head:expr, { $($column:ident: $value:expr),* $(,)? }) => {
        $crate::fact!(@sort $entity, $head, [] [] $($column: $value,)*)
    };
    (@sort $entity:ident, $head:expr, [$($common:tt)*] [$($own:tt)*]
        valid_from: $value:expr, $($rest:tt)*) => {
        $crate::fact!(@sort $entity, $head, [$($common)* valid_from: $value,] [$($own)*] $($rest)*)
    };
    (@sort $entity:ident, $head:expr, [$($common:tt)*] [$($own:tt)*]
        valid_to: $value:expr, $($rest:tt)*) => {
        $crate::fact!(@sort $entity, $head, [$($common)* valid_to: $value,] [$($own)*] $($rest)*)
    };
    (@sort $entity:ident, $head:expr, [$($common:tt)*] [$($own:tt)*]
        corrects: $value:expr, $($rest:tt)*) => {
        $crate::fact!(@sort $entity, $head, [$($common)* corrects: $value,] [$($own)*] $($rest)*)
    };
    (@sort $entity:ident, $head:expr, [$($common:tt)*] [$($own:tt)*]
        withdrawn: $value:expr, $($rest:tt)*) => {
        $crate::fact!(@sort $entity, $head, [$($common)* withdrawn: $value,] [$($own)*] $($rest)*)
    };
    (@sort $entity:ident, $head:expr, [$($common:tt)*] [$($own:tt)*]
        note: $value:expr, $($rest:tt)*) => {
        $crate::fact!(@sort $entity, $head, [$($common)* note: $value,] [$($own)*] $($rest)*)
    };
    (@sort $entity:ident, $head:expr, [$($common:tt)*] [$($own:tt)*]
        $column:ident: $value:expr, $($rest:tt)*) => {
        $crate::fact!(@sort $entity, $head, [$($common)*] [$($own)* $column: $value,] $($rest)*)
    };
    (@sort $entity:ident, $head:expr,
        [$($common:ident: $set:expr,)*] [$($own:ident: $value:expr,)*]) => {{
        let head: $crate::Head = $head;
        let (document, place) = head.source.unzip();
        let common = $crate::fact::Common {
            $($common: sea_orm::ActiveValue::Set($set),)*
            ..Default::default()
        };
        $entity::ActiveModel {
            id: sea_orm::ActiveValue::Set($crate::fact::row_id()),
            ledger_no: sea_orm::ActiveValue::Set(head.number),
            subject_key: sea_orm::ActiveValue::Set(head.subject_key),
            valid_from: common.valid_from,
            valid_to: common.valid_to,
            corrects: common.corrects,
            withdrawn: common.withdrawn,
            source_document: sea_orm::ActiveValue::Set(document),
            source_lines: sea_orm::ActiveValue::Set(place),
            note: common.note,
            $($own: sea_orm::ActiveValue::Set($value),)*
        }
    }};
}

/// The row that takes the place of another: all that it said under another entry and source, but
/// for the columns that are named. With `withdrawn: true` it takes it away.
#[macro_export]
macro_rules! fact_again {
    ($entity:ident, $head:expr, $before:expr, { $($column:ident: $value:expr),* $(,)? }) => {{
        let head: $crate::Head = $head;
        let (document, place) = head.source.unzip();
        let before: &$entity::Model = $before;
        sea_orm::ActiveModelTrait::reset_all($entity::ActiveModel {
            id: sea_orm::ActiveValue::Set($crate::fact::row_id()),
            ledger_no: sea_orm::ActiveValue::Set(head.number),
            corrects: sea_orm::ActiveValue::Set(Some(before.id)),
            source_document: sea_orm::ActiveValue::Set(document),
            source_lines: sea_orm::ActiveValue::Set(place),
            $($column: sea_orm::ActiveValue::Set($value),)*
            ..<$entity::ActiveModel as From<$entity::Model>>::from(before.clone())
        })
    }};
}
