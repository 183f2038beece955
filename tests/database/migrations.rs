//! All migrations run up, down and up again, and leave the same schema.

use acceptance::TestDatabase;
use database::roles;
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

async fn shape(owner: &DatabaseConnection) -> Vec<String> {
    let rows = owner
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "select n.nspname || '.' || c.relname || '.' || a.attname || ' ' ||
                format_type(a.atttypid, a.atttypmod)
                || ' ' || a.attnotnull as column
             from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on
             n.oid = c.relnamespace
             where n.nspname in ('public', 'fact', 'known', 'work', 'bi') and a.attnum > 0 and not
             a.attisdropped
               and c.relkind in ('r', 'v')
             union all
             select schemaname || '.' || tablename || ' ' || policyname || ' ' || cmd || ' ' ||
             coalesce(qual, '')
                || coalesce(with_check, '') from pg_policies
             order by 1",
        ))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}

#[tokio::test]
async fn up_down_up() {
    let database = TestDatabase::empty();
    let owner = database.connect(roles::OWNER).await;
    Migrator::up(&owner, None).await.unwrap();
    let first = shape(&owner).await;
    assert!(first.len() > 400, "{}", first.len());
    Migrator::down(&owner, None).await.unwrap();
    let left = shape(&owner).await;
    assert!(
        left.iter()
            .all(|line| line.starts_with("public.seaql_migrations")),
        "{left:#?}"
    );
    Migrator::up(&owner, None).await.unwrap();
    assert_eq!(shape(&owner).await, first);
    owner.close().await.unwrap();
}

#[tokio::test]
async fn what_would_run_is_named_and_nothing_is_made() {
    let database = TestDatabase::empty();
    let owner = database.connect(roles::OWNER).await;
    let all: Vec<String> = Migrator::get_migration_files()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    assert_eq!(migration::pending(&owner).await.unwrap(), all);
    assert_eq!(shape(&owner).await, [""; 0]);
    Migrator::up(&owner, Some(3)).await.unwrap();
    assert_eq!(migration::pending(&owner).await.unwrap(), all[3..]);
    Migrator::up(&owner, None).await.unwrap();
    assert_eq!(migration::pending(&owner).await.unwrap(), [""; 0]);
    owner.close().await.unwrap();
}

/// Two instances are installed at once: one migrates, the other waits and finds nothing to do.
#[tokio::test]
async fn two_at_once_migrate_once() {
    let database = TestDatabase::empty();
    let owners = [
        database.connect(roles::OWNER).await,
        database.connect(roles::OWNER).await,
    ];
    let [one, other] = &owners;
    let (first, second) = tokio::join!(migration::up(one), migration::up(other));
    let mut applied = [first.unwrap(), second.unwrap()];
    applied.sort_unstable();
    assert_eq!(applied, [0, Migrator::migrations().len()]);
    for owner in owners {
        owner.close().await.unwrap();
    }
}

#[tokio::test]
async fn every_view_of_what_is_known_asks_as_whoever_asks() {
    let database = TestDatabase::with_data();
    let careless = database
        .count(
            "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('known', 'bi') and c.relkind = 'v'
               and not coalesce(c.reloptions @> array['security_invoker=true'], false)",
        )
        .await;
    assert_eq!(careless, 0);
    let without_view = database
        .count(
            "select count(*) from pg_class f where f.relnamespace = 'fact'::regnamespace and
               f.relkind = 'r'
               and not exists (select from pg_class k where k.relnamespace = 'known'::regnamespace
                 and k.relname = f.relname)",
        )
        .await;
    assert_eq!(without_view, 0);
}

#[tokio::test]
async fn columns_that_hold_instants_are_named_so() {
    // The canonical form of the ledger knows an instant by the end of its column's name.
    let database = TestDatabase::with_data();
    let misnamed = database
        .count(
            "select count(*) from information_schema.columns where table_schema = 'fact'
             and (data_type = 'timestamp with time zone') != (column_name like '%\\_at')",
        )
        .await;
    assert_eq!(misnamed, 0);
    let fractions = database
        .count(
            "select count(*) from information_schema.columns where table_schema = 'fact'
             and data_type in ('real', 'double precision', 'numeric')",
        )
        .await;
    assert_eq!(fractions, 0);
}
