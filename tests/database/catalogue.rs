//! The catalogue that a release names is the one that its migrations make, and what is otherwise in
//! a database is named: what opens a wall keeps the service from starting.

use std::{fs, path::Path};

use acceptance::TestDatabase;
use database::{catalogue, roles};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

/// Where the catalogue of this release stands.
const FILE: &str = "../api/database/src/catalogue.txt";

#[tokio::test]
async fn the_catalogue_of_this_release_is_what_its_migrations_make() {
    let database = TestDatabase::empty();
    let owner = database.connect(roles::OWNER).await;
    migration::up(&owner).await.unwrap();
    let is = catalogue::read(&owner).await.unwrap();
    owner.close().await.unwrap();
    let lines: String = is.iter().map(|line| format!("{line}\n")).collect();
    fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalogue.txt"),
        lines,
    )
    .unwrap();
    let of_release = catalogue::of_this_release();
    let lacks: Vec<_> = of_release.difference(&is).collect();
    let beyond: Vec<_> = is.difference(&of_release).collect();
    assert!(
        lacks.is_empty() && beyond.is_empty(),
        "the migrations make another catalogue than {FILE}.\nno longer: {lacks:#?}\nnew: \
         {beyond:#?}\nLook at what changed; then: cp target/tmp/catalogue.txt \
         api/database/src/catalogue.txt"
    );
}

/// What is otherwise after what an intruder or an operator did, and whether `serve` refuses the
/// database for it: as it is, and when a later migration has run. Then it is undone.
async fn after(superuser: &DatabaseConnection, sql: &str) -> (Vec<String>, [bool; 2]) {
    superuser
        .execute_unprepared(&format!("begin; {sql}"))
        .await
        .unwrap();
    let found = catalogue::differences(superuser).await.unwrap();
    let refused = [
        catalogue::check(superuser, false).await.unwrap().is_err(),
        catalogue::check(superuser, true).await.unwrap().is_err(),
    ];
    superuser.execute_unprepared("rollback").await.unwrap();
    (found.iter().map(ToString::to_string).collect(), refused)
}

#[tokio::test]
async fn what_opens_a_wall_is_refused_and_what_opens_none_is_not() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    let cases: Vec<(&str, &[&str], [bool; 2])> = vec![
        ("select 1", &[], [false, false]),
        (
            "alter table fact.answer disable row level security",
            &[
                "the database lacks: table fact.answer walled forced",
                "the database has beside this release: table fact.answer open forced",
            ],
            [true, true],
        ),
        (
            "alter table fact.answer no force row level security",
            &[
                "the database lacks: table fact.answer walled forced",
                "the database has beside this release: table fact.answer walled",
            ],
            [true, true],
        ),
        (
            "drop policy app_reads on fact.answer;
             create policy app_reads on fact.answer for select to stm_app using (true)",
            &[
                "the database lacks: policy fact.answer app_reads PERMISSIVE SELECT to stm_app",
                "the database has beside this release: policy fact.answer app_reads PERMISSIVE \
                 SELECT to stm_app using true",
            ],
            [true, true],
        ),
        (
            "create policy more on fact.answer for select to stm_app using (true)",
            &["the database has beside this release: policy fact.answer more"],
            [true, false],
        ),
        (
            "alter view known.answer reset (security_invoker)",
            &[
                "the database lacks: view known.answer invoker",
                "the database has beside this release: view known.answer owner",
            ],
            [true, true],
        ),
        (
            "grant select on work.feed_key to public",
            &["the database has beside this release: right select on work.feed_key to PUBLIC"],
            [true, false],
        ),
        (
            "create or replace function app_role() returns text language sql stable
             as $$ select 'VNG' $$",
            &[
                "the database lacks: function public.app_role() invoker ",
                "the database has beside this release: function public.app_role() invoker ",
            ],
            [false, false],
        ),
        (
            "create index slow on fact.answer (answer)",
            &["the database has beside this release: index fact.slow on fact.answer"],
            [false, false],
        ),
        (
            "grant select on fact.answer to pg_monitor",
            &[],
            [false, false],
        ),
    ];
    for (sql, beginnings, refused) in cases {
        let (found, is_refused) = after(&superuser, sql).await;
        assert_eq!(found.len(), beginnings.len(), "{sql}: {found:#?}");
        for (line, beginning) in found.iter().zip(beginnings) {
            assert!(line.starts_with(beginning), "{sql}: {line}");
        }
        assert_eq!(is_refused, refused, "{sql}");
    }
    superuser.close().await.unwrap();
}
