//! What all tables have in common, written once.

/// A table or a view: its schema and name, its primary key, and then its other columns.
///
/// Postgres makes no key by itself, so no key has `auto_increment`. The columns are handed on word
/// for word, because the derive of sea-orm reads their types: in a fragment `$type:ty` it does not
/// see that a column is an `Option`.
macro_rules! table {
    (
        $schema:tt . $table:tt :
        primary key { $($(#[$doc:meta])* pub $key:ident : $type:ident,)+ }
        $($columns:tt)*
    ) => {
        use $crate::Relation;
        use sea_orm::entity::prelude::*;

        #[doc = concat!("A row of `", $schema, ".", $table, "`.")]
        #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
        #[sea_orm(schema_name = $schema, table_name = $table)]
        pub struct Model {
            $(
                $(#[$doc])*
                #[sea_orm(primary_key, auto_increment = false)]
                pub $key: $type,
            )+
            $($columns)*
        }

        impl ActiveModelBehavior for ActiveModel {}
    };
}

/// A table of facts, by its view in `known`: its name, and then its own columns.
///
/// Every table of facts begins with the columns of `fact_columns`, see the migrations.
macro_rules! fact_table {
    ($table:tt : $($columns:tt)*) => {
        table! {
            "known".$table:

            primary key {
                /// The row.
                pub id: Uuid,
            }

            /// The entry that the row came in with.
            pub ledger_no: i64,
            /// The natural key of the thing that the row tells of.
            pub subject_key: String,
            /// First day on which it holds; open when absent.
            pub valid_from: Option<Date>,
            /// First day on which it no longer holds; open when absent.
            pub valid_to: Option<Date>,
            /// The row that this one takes the place of.
            pub corrects: Option<Uuid>,
            /// Whether this row only takes another away.
            pub withdrawn: bool,
            /// The document that says so.
            pub source_document: Option<String>,
            /// Where in the document.
            pub source_lines: Option<String>,
            /// What a reader should know of the row.
            pub note: Option<String>,
            $($columns)*
        }
    };
}
