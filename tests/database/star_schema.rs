//! The texts of the tables that BI tools pull tell the columns that the views of schema `bi` have.

use std::collections::BTreeSet;

use acceptance::TestDatabase;
use database::roles;
use feeds::tables::{DATABASE, TABLES};

use crate::texts;

#[tokio::test]
async fn the_views_have_the_columns_that_the_texts_tell() {
    let database = TestDatabase::with_data();
    let owner = database.connect(roles::OWNER).await;
    // `period_day` and `budget_year` are what other views are made of, and no tables.
    let views = "select c.relname || '.' || a.attname || ' ' || case format_type(a.atttypid, null)
            when 'integer' then 'INTEGER'
            when 'bigint' then 'INTEGER'
            when 'numeric' then 'DECIMAL'
            when 'timestamp with time zone' then 'INSTANT'
            else upper(format_type(a.atttypid, null)) end
         from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'bi'::regnamespace and c.relkind = 'v'
           and c.relname not in ('period_day', 'budget_year')
           and a.attnum > 0 and not a.attisdropped";
    let held: BTreeSet<String> = texts(&owner, views).await.into_iter().collect();
    let shown = TABLES
        .iter()
        .filter(|table| table.name != "data_dictionary");
    let shown: BTreeSet<String> = shown
        .flat_map(|table| {
            let own = table.columns.iter();
            let own = own.filter(|column| column.name != DATABASE);
            own.map(|column| format!("{}.{} {}", table.name, column.name, column.kind.code()))
        })
        .collect();
    assert_eq!(shown, held);
    owner.close().await.unwrap();
}
