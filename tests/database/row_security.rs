//! The second wall, in SQL alone: each policy once allowed, once refused, once with no actor set.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::{public_facts::PUBLIC_FACTS, texts};

/// Every scoped table with its policies, but for those that let the owner redact, which stand in
/// `prose.rs`. A new table, or a policy that goes, fails here.
const POLICIES: &[(&str, &[&str])] = &[
    (
        "fact.answer",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "demo_appends INSERT",
            "owner_reads_held SELECT",
        ],
    ),
    (
        "fact.assessment_version",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "demo_appends INSERT",
            "owner_counts SELECT",
            "owner_reads_held SELECT",
        ],
    ),
    (
        "fact.criterion_remark",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.redaction",
        &[
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_appends INSERT",
            "owner_reads SELECT",
        ],
    ),
    (
        "fact.publication",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_reads SELECT",
        ],
    ),
    (
        "fact.publication_content",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_reads SELECT",
        ],
    ),
    (
        "fact.publication_file",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_reads SELECT",
            "owner_writes_anew INSERT",
        ],
    ),
    (
        "fact.publication_note",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.publication_response",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_reads SELECT",
        ],
    ),
    (
        "fact.publication_verdict",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_bottleneck",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_decision",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_meeting",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_report",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_report_review",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_answer",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "demo_appends INSERT",
            "judge_reads SELECT",
            "totals_read SELECT",
        ],
    ),
    (
        "fact.regional_evidence",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.regional_review",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "demo_appends INSERT",
            "judge_reads SELECT",
            "totals_read SELECT",
        ],
    ),
    (
        "fact.assessment_withdrawal",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "judge_reads SELECT",
            "owner_counts SELECT",
            "owner_reads_held SELECT",
        ],
    ),
    (
        "fact.deadline_extension",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_counts SELECT",
        ],
    ),
    (
        "fact.evidence",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_reads_held SELECT",
        ],
    ),
    (
        "fact.on_behalf_answer",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.on_behalf_filling",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.question_reply",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.review_question",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.submission_mandate",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.review_decision",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "demo_appends INSERT",
        ],
    ),
    (
        "fact.round_report",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.verdict_rerun",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "fact.verdict_span",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "public.free_text",
        &[
            "app_appends INSERT",
            "app_appends_review INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "counting_reads_none SELECT",
            "demo_appends INSERT",
            "file_appends INSERT",
            "functions_append INSERT",
            "owner_keeps_digests INSERT",
            "owner_reads SELECT",
            "owner_redacts UPDATE",
            "owner_writes_anew INSERT",
            "owners_append INSERT",
            "reason_appends INSERT",
            "region_appends INSERT",
            "response_appends INSERT",
        ],
    ),
    (
        "public.ledger",
        &[
            "app_appends INSERT",
            "app_reads SELECT",
            "auditor_reads SELECT",
            "owner_reads_held SELECT",
            "owner_redacts INSERT",
        ],
    ),
    (
        "work.claim",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "app_reads_own SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.browser_session",
        &[
            "app_adds INSERT",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
            "owner_ends DELETE",
        ],
    ),
    (
        "work.digest",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.draft",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.draft_answer",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
            "owner_reads SELECT",
            "owner_redacts UPDATE",
        ],
    ),
    (
        "work.feed_key",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.feed_key_secret",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.feed_key_use",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.functional_mailbox",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.idempotency_key",
        &[
            "app_adds INSERT",
            "app_changes UPDATE",
            "app_reads SELECT",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.sign_in",
        &[
            "app_adds INSERT",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
            "owner_ends DELETE",
        ],
    ),
    (
        "work.timed_release",
        &[
            "app_adds INSERT",
            "app_reads SELECT",
            "app_removes DELETE",
            "auditor_reads SELECT",
        ],
    ),
    (
        "work.withholding_key",
        &["auditor_reads SELECT", "owner_reads SELECT"],
    ),
];

/// The policies of a table of facts: appended by some, read by some, whole to the auditor.
const APPENDED: &[&str] = &[
    "app_appends INSERT",
    "app_reads SELECT",
    "auditor_reads SELECT",
];

/// Public facts that the owner reads to count what a region handed in, beside the rows that it
/// counts.
const COUNTED_BY: [&str; 4] = [
    "area",
    "area_membership",
    "municipality",
    "reporting_period",
];
/// Their policies.
const COUNTED: &[&str] = &[
    "app_appends INSERT",
    "app_reads SELECT",
    "auditor_reads SELECT",
    "owner_counts SELECT",
];

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

#[tokio::test]
async fn every_scoped_table_is_walled_on_every_command() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    let found = texts(
        &superuser,
        "select schemaname || '.' || tablename || ' ' || policyname || ' ' || cmd from pg_policies
         where policyname not in ('owner_reads_to_redact', 'owner_redacts_words')",
    )
    .await;
    let found = sorted(found);
    let public = PUBLIC_FACTS.iter().map(|(table, _)| {
        let is_counted = COUNTED_BY.contains(table);
        let policies = if is_counted { COUNTED } else { APPENDED };
        (format!("fact.{table}"), policies)
    });
    let mut tables: Vec<(String, &[&str])> = POLICIES
        .iter()
        .map(|(table, policies)| ((*table).to_owned(), *policies))
        .chain(public)
        .collect();
    tables.sort();
    let expected: Vec<String> = sorted(
        tables
            .iter()
            .flat_map(|(table, policies)| {
                policies
                    .iter()
                    .map(move |policy| format!("{table} {policy}"))
            })
            .collect(),
    );
    assert_eq!(found, expected);
    let forced = texts(
        &superuser,
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid =
         c.relnamespace
         where c.relrowsecurity and c.relforcerowsecurity",
    )
    .await;
    let forced = sorted(forced);
    let tables: Vec<&str> = tables.iter().map(|(table, _)| table.as_str()).collect();
    assert_eq!(forced, tables);
    let unwalled = texts(
        &superuser,
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid =
         c.relnamespace
         where n.nspname in ('fact', 'work') and c.relkind = 'r' and not c.relrowsecurity order by
         1",
    )
    .await;
    assert_eq!(unwalled, [""; 0]);
    superuser.close().await.unwrap();
}

/// Hilversum (GM0402) and Huizen (GM0406) have each submitted in 2026-2; Hilversum is confirmed.
pub(crate) async fn fill(database: &TestDatabase) {
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "alter table ledger disable trigger all;
             set session_replication_role = replica;
             insert into free_text (id, ledger_no, kind, nonce, digest, body)
             select gen_random_uuid(), 9001, 'ANSWER', decode(repeat('00', 16), 'hex'),
             decode(repeat('00', 32), 'hex'), m
             from unnest(array['GM0402', 'GM0406']) m;
             insert into fact.assessment_version (id, ledger_no, subject_key, municipality,
             period, number, edition,
                submitted_at, on_time, approved_by_function, approved_on, content_hash)
             select gen_random_uuid(), 9001, m || '/2026-2', m, '2026-2', 1, 'VOORSTEL-1',
             '2026-11-22', true, 'x',
                '2026-11-20', 'x' from unnest(array['GM0402', 'GM0406']) m;
             insert into fact.answer (id, ledger_no, subject_key, municipality, period, version,
             criterion, answer, explanation_text)
             select gen_random_uuid(), 9001, m || '/2026-2', m, '2026-2', 1, 'SV-01', 'MET',
             (select id from free_text where body = m)
             from unnest(array['GM0402', 'GM0406']) m;
             insert into fact.review_decision (id, ledger_no, subject_key, municipality, period,
             version, outcome, decided_at)
             values (gen_random_uuid(), 9002, 'GM0402/2026-2', 'GM0402', '2026-2', 1, 'CONFIRMED',
             '2026-11-22');
             insert into fact.verdict_span (id, ledger_no, subject_key, valid_from, municipality,
             period, basis, status, version, grounds)
             select gen_random_uuid(), 9001, m || '/2026-2', '2026-11-22', m, '2026-2', b,
             'NOT_COMPLIANT', 1, '{}'
             from (values ('GM0402', 'SUBMITTED'), ('GM0402', 'CONFIRMED'), ('GM0406',
             'SUBMITTED')) v (m, b);
             insert into ledger (number, form, recorded_at, actor_role, operation, subject_kind,
             subject_key, part,
                municipality, period, nonce, digest, previous_hash, hash)
             select 9000 + i, 1, '2026-11-22', 'MUNICIPALITY', 'assessment.submitted',
             'Assessment', m || '/2026-2',
                'COMPLIANCE', m, '2026-2', decode(repeat('00', 16), 'hex'), decode(repeat('00',
                32), 'hex'),
                decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
             from (values (1, 'GM0402'), (2, 'GM0406')) v (i, m);
             insert into work.draft (municipality, period, edition, created_at)
             select m, '2026-2', 'VOORSTEL-1', '2026-11-22' from unnest(array['GM0402', 'GM0406'])
             m;
             insert into work.draft_answer (municipality, period, criterion, answer, revision,
             changed_by_role, changed_at)
             select m, '2026-2', 'SV-01', 'MET', 1, 'MUNICIPALITY', '2026-11-22' from
             unnest(array['GM0402', 'GM0406']) m;
             insert into work.claim (municipality, period, version, holder, expires_at)
             values ('GM0402', '2026-2', 1, 'somebody', '2026-11-22');
             insert into work.idempotency_key (organisation, subject, field, key, input_hash,
             recorded_at)
             values ('GM0402', 'anna', 'f', 'k', '', '2026-11-22'), ('GM0402', 'bert', 'f', 'k',
             '', '2026-11-22');",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

/// The settings of an actor, as the service tells them.
const HILVERSUM: &str = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402';
    set app.writes_for = 'GM0402'; set app.subject = 'anna'";
const GOOI: &str = "set app.role = 'REGION'; set app.subjects = 'GM0402/2026-2,GM0406/2026-2';
    set app.writes_for = 'GM0402,GM0406'";
const OTHER_PERIOD: &str = "set app.role = 'REGION'; set app.subjects = 'GM0402/2026-1'";
const NOBODY: &str = "set app.role = ''";
const PUBLIC: &str = "set app.role = 'PUBLIC'";
const PARTNER: &str = "set app.role = 'PARTNER'";
const COMENSHA: &str = "set app.role = 'PARTNER'; set app.partner = 'comensha'";
const VNG: &str = "set app.role = 'VNG'; set app.partner = 'vng'";
const MINISTRY: &str = "set app.role = 'MINISTRY'";
const JUDGE: &str = "set app.role = 'REGION'; set app.purpose = 'JUDGING'";
const MINISTRY_JUDGING: &str = "set app.role = 'MINISTRY'; set app.purpose = 'JUDGING'";

/// What is read of each table that has a wall, and by which statement.
const PARTS: [(&str, &str); 10] = [
    (
        "fact.assessment_version",
        "select municipality from fact.assessment_version order by 1",
    ),
    (
        "fact.answer",
        "select municipality from fact.answer order by 1",
    ),
    (
        "free_text",
        "select body from free_text where kind = 'ANSWER' order by 1",
    ),
    (
        "fact.review_decision",
        "select municipality from fact.review_decision order by 1",
    ),
    (
        "fact.verdict_span",
        "select municipality || ' ' || basis from fact.verdict_span order by 1",
    ),
    (
        "ledger",
        "select municipality from ledger where part = 'COMPLIANCE' order by 1",
    ),
    (
        "work.draft",
        "select municipality from work.draft order by 1",
    ),
    (
        "work.draft_answer",
        "select municipality from work.draft_answer order by 1",
    ),
    (
        "work.claim",
        "select municipality from work.claim order by 1",
    ),
    (
        "work.idempotency_key",
        "select subject from work.idempotency_key order by 1",
    ),
];

#[tokio::test]
async fn each_role_reads_its_part() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    let both = "GM0402 GM0406";
    let spans = "GM0402 CONFIRMED GM0402 SUBMITTED GM0406 SUBMITTED";
    let own_spans = "GM0402 CONFIRMED GM0402 SUBMITTED";
    let expected: [(&str, [&str; 10]); 9] = [
        // The judge reads the inputs of every verdict, and what hangs on them.
        (
            JUDGE,
            [both, both, both, "GM0402", spans, "", "", "", "", ""],
        ),
        (
            HILVERSUM,
            [
                "GM0402", "GM0402", "GM0402", "GM0402", own_spans, "GM0402", "GM0402", "GM0402",
                "GM0402", "anna",
            ],
        ),
        (
            GOOI,
            [
                both, both, both, "GM0402", spans, both, both, both, "GM0402", "",
            ],
        ),
        (OTHER_PERIOD, ["", "", "", "", "", "", "", "", "", ""]),
        (NOBODY, ["", "", "", "", "", "", "", "", "", ""]),
        (PUBLIC, ["", "", "", "", "", "", "", "", "", ""]),
        (PARTNER, ["", "", "", "", "", "", "", "", "", ""]),
        (
            VNG,
            [
                both, both, both, "GM0402", spans, both, "", "", "GM0402", "",
            ],
        ),
        (
            MINISTRY,
            [
                both,
                "GM0402",
                "GM0402",
                "GM0402",
                "GM0402 CONFIRMED",
                "",
                "",
                "",
                "",
                "",
            ],
        ),
    ];
    for (actor, answers) in expected {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        app.execute_unprepared("set app.ledger_no = '9000'; set app.day = '2026-11-22'")
            .await
            .unwrap();
        for ((table, sql), answer) in PARTS.iter().zip(answers) {
            let found = texts(&app, sql).await.join(" ");
            assert_eq!(found, answer, "{actor} on {table}");
        }
        app.close().await.unwrap();
    }
}

/// Reports in an open round, and publications on their way: of Hilversum and Huizen by name (a), a
/// budget (b), one that is released (c).
async fn fill_what_is_not_public_yet(database: &TestDatabase) {
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into free_text (id, ledger_no, kind, nonce, digest, body)
             select gen_random_uuid(), 1, k, decode(repeat('00', 16), 'hex'), decode(repeat('00', \
             32), 'hex'), b
             from (values ('REPORT', 'comensha'), ('REPORT', 'MINISTRY'), ('RESPONSE', 'GM0402'),
                ('PUBLICATION', 'a'), ('PUBLICATION', 'b'), ('PUBLICATION', 'c'),
                ('INCOMPLETE', 'reason')) v (k, b);
             insert into fact.round_report (id, ledger_no, subject_key, round, plan, action, \
             status, reported_by, explanation_text)
             select gen_random_uuid(), 1, b, '2026-1', '2024', 33, 'ONGOING', b, (select id from \
             free_text where body = b)
             from unnest(array['comensha', 'MINISTRY']) b;
             insert into fact.publication (id, ledger_no, subject_key, key, kind, level, state, \
             about, reference_date, manifest,
                response_until, released_at, incomplete_text)
             values (gen_random_uuid(), 1, 'a', 'a', 'COMPLIANCE_PICTURE', 'BY_NAME', 'PREPARED', \
             '2026-2', '2026-11-22', '{}',
                '2026-12-04', null, (select id from free_text where body = 'reason')),
                (gen_random_uuid(), 1, 'b', 'b', 'BUDGET', 'COUNTRY', 'PREPARED', '2024', \
                '2026-11-22', '{}', null, null, null),
                (gen_random_uuid(), 1, 'c', 'c', 'BUDGET', 'COUNTRY', 'RELEASED', '2024', \
                '2026-11-22', '{}', null, '2026-11-22', null);
             insert into fact.publication_content (id, ledger_no, subject_key, publication, kind, \
             lines)
             select gen_random_uuid(), 1, key, key, kind, '[]' from fact.publication;
             insert into fact.publication_file (id, ledger_no, subject_key, publication, kind, \
             format, sha256, body_text)
             select gen_random_uuid(), 1, key, key, kind, 'CSV', repeat('0', 64), (select id from \
             free_text where body = key)
             from fact.publication;
             insert into fact.publication_verdict (id, ledger_no, subject_key, publication, \
             municipality, status)
             select gen_random_uuid(), 1, 'a/' || m, 'a', m, 'COMPLIANT' from \
             unnest(array['GM0402', 'GM0406']) m;
             insert into fact.publication_response (id, ledger_no, subject_key, publication, \
             municipality, response_text)
             select gen_random_uuid(), 1, 'a/GM0402', 'a', 'GM0402', id from free_text where body \
             = 'GM0402'",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

const HUIZEN: &str = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0406'";

#[tokio::test]
async fn what_is_not_public_yet_is_read_by_those_who_work_on_it() {
    let database = TestDatabase::with_data();
    fill_what_is_not_public_yet(&database).await;
    let questions = [
        "select reported_by from fact.round_report order by 1",
        "select body from free_text where kind = 'REPORT' order by 1",
        "select key from fact.publication order by 1",
        "select publication from fact.publication_content order by 1",
        "select publication from fact.publication_file order by 1",
        "select body from free_text where kind = 'PUBLICATION' order by 1",
        "select municipality from fact.publication_verdict order by 1",
        "select municipality from fact.publication_response order by 1",
        "select body from free_text where kind = 'RESPONSE' order by 1",
        "select body from free_text where kind = 'INCOMPLETE' order by 1",
    ];
    let (all, both) = ("a b c", "GM0402 GM0406");
    let reports = "MINISTRY comensha";
    let expected: [(&str, [&str; 10]); 9] = [
        (
            MINISTRY,
            [
                reports, reports, all, all, all, all, both, "GM0402", "GM0402", "reason",
            ],
        ),
        (
            VNG,
            [
                "", "", "a c", "a c", "a c", "a c", both, "GM0402", "GM0402", "reason",
            ],
        ),
        (
            HILVERSUM,
            [
                "", "", "a c", "c", "c", "c", "GM0402", "GM0402", "GM0402", "reason",
            ],
        ),
        (
            HUIZEN,
            ["", "", "a c", "c", "c", "c", "GM0406", "", "", "reason"],
        ),
        (GOOI, ["", "", "c", "c", "c", "c", "", "", "", ""]),
        (
            COMENSHA,
            ["comensha", "comensha", "c", "c", "c", "c", "", "", "", ""],
        ),
        (PARTNER, ["", "", "c", "c", "c", "c", "", "", "", ""]),
        (PUBLIC, ["", "", "c", "c", "c", "c", "", "", "", ""]),
        (NOBODY, ["", "", "c", "c", "c", "c", "", "", "", ""]),
    ];
    for (actor, answers) in expected {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        app.execute_unprepared("set app.ledger_no = '9000'; set app.day = '2026-11-22'")
            .await
            .unwrap();
        for (sql, answer) in questions.iter().zip(answers) {
            let found = texts(&app, sql).await.join(" ");
            assert_eq!(found, answer, "{actor}: {sql}");
        }
        app.close().await.unwrap();
    }
}

fn version(code: &str) -> String {
    format!(
        "insert into fact.assessment_version (id, ledger_no, subject_key, municipality,
        period, number, edition,
        submitted_at, on_time, approved_by_function, approved_on, content_hash)
     values (gen_random_uuid(), 1, '{code}/2026-2', '{code}', '2026-2', 1, 'VOORSTEL-1',
     '2026-11-22', true, 'x',
        '2026-11-20', 'x')"
    )
}

/// An answer comes in with its version.
fn answer(code: &str) -> String {
    format!(
        "with submitted as ({})
     insert into fact.answer (id, ledger_no, subject_key, municipality, period, version,
     criterion, answer)
     values (gen_random_uuid(), 1, '{code}/2026-2', '{code}', '2026-2', 1, 'SV-01', 'MET')",
        version(code)
    )
}

fn span(code: &str, basis: &str) -> String {
    format!(
        "insert into fact.verdict_span (id, ledger_no, subject_key, valid_from, municipality,
     period, basis, status, version, grounds)
     values (gen_random_uuid(), 1, '{code}/2026-2', '2026-11-22', '{code}', '2026-2',
     '{basis}', 'COMPLIANT', 1, '{{}}')"
    )
}

fn text(kind: &str) -> String {
    format!(
        "insert into free_text (id, ledger_no, kind, nonce, digest, body)
     values (gen_random_uuid(), 1, '{kind}', decode(repeat('00', 16), 'hex'),
     decode(repeat('00', 32), 'hex'), 'x')"
    )
}

fn draft(code: &str) -> String {
    format!(
        "insert into work.draft (municipality, period, edition, created_at)
     values ('{code}', '2026-2', 'VOORSTEL-1', '2026-11-22')"
    )
}

fn report(by: &str, action: i32) -> String {
    format!(
        "insert into fact.round_report (id, ledger_no, subject_key, round, plan, action,
     status, reported_by)
     values (gen_random_uuid(), 1, '2026-1/2024/{action}', '2026-1', '2024', {action},
     'ONGOING', '{by}')"
    )
}

const DECISION: &str = "insert into fact.review_decision (id, ledger_no, subject_key, municipality,
        period, version, outcome, decided_at)
        values (gen_random_uuid(), 1, 'GM0402/2026-2', 'GM0402', '2026-2', 1, 'CONFIRMED',
        '2026-11-22')";

const CLAIM: &str = "insert into work.claim (municipality, period, version, holder, expires_at)
        values ('GM0402', '2026-2', 1, 'x', '2026-11-22')";

const KEY: &str = "insert into work.idempotency_key (organisation, subject, field, key, input_hash,
        recorded_at)
        values ('GM0402', 'bert', 'f', 'k', '', '2026-11-22')";

/// A database with an owner, versions, and one that was confirmed.
async fn with_versions() -> TestDatabase {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.action_partner (id, ledger_no, subject_key, plan, number, partner, \
             role, text_nl)
             values (gen_random_uuid(), 1, '2024/33/comensha/OWNER', '2024', 33, 'comensha', \
             'OWNER', 'x');
             insert into fact.assessment_version (id, ledger_no, subject_key, municipality, \
             period, number, edition,
                submitted_at, on_time, approved_by_function, approved_on, content_hash)
             select gen_random_uuid(), 1, m || '/2026-2', m, '2026-2', 1, 'VOORSTEL-1', \
             '2026-11-22', true, 'x',
                '2026-11-20', 'x' from unnest(array['GM0417', 'GM1942']) m;
             insert into fact.review_decision (id, ledger_no, subject_key, municipality, period, \
             version, outcome, decided_at)
             values (gen_random_uuid(), 1, 'GM1942/2026-2', 'GM1942', '2026-2', 1, 'CONFIRMED', \
             '2026-11-22')",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
    database
}

/// Whether the wall lets each actor write each row.
async fn writes_are<const N: usize>(cases: [(&str, String, bool); N]) {
    let database = with_versions().await;
    for (actor, sql, allowed) in cases {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        app.execute_unprepared("set app.ledger_no = '9000'")
            .await
            .unwrap();
        app.execute_unprepared("begin").await.unwrap();
        let done = app.execute_unprepared(&sql).await;
        match done {
            Ok(_) => assert!(allowed, "{actor}: {sql}"),
            Err(error) => {
                assert!(!allowed, "{actor}: {sql}: {error}");
                assert!(error.to_string().contains("row-level security"), "{error}");
            }
        }
        app.execute_unprepared("rollback").await.unwrap();
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_hands_in_or_reviews_for_another() {
    writes_are([
        (HILVERSUM, version("GM0402"), true),
        (HILVERSUM, version("GM0406"), false),
        (GOOI, version("GM0402"), false),
        (VNG, version("GM0402"), false),
        (MINISTRY, version("GM0402"), false),
        (NOBODY, version("GM0402"), false),
        (HILVERSUM, answer("GM0402"), true),
        (HILVERSUM, answer("GM0406"), false),
        (GOOI, answer("GM0402"), false),
        (VNG, answer("GM0402"), false),
        (VNG, DECISION.to_owned(), true),
        (HILVERSUM, DECISION.to_owned(), false),
        (MINISTRY, DECISION.to_owned(), false),
    ])
    .await;
}

#[tokio::test]
async fn a_verdict_comes_from_the_judge_alone() {
    writes_are([
        // A span comes from the judge, and is of a version that there is; CONFIRMED, of one that
        // VNG confirmed.
        (JUDGE, span("GM0417", "SUBMITTED"), true),
        (JUDGE, span("GM0417", "CONFIRMED"), false),
        (JUDGE, span("GM1942", "CONFIRMED"), true),
        (JUDGE, span("GM0402", "SUBMITTED"), false),
        (GOOI, span("GM0417", "SUBMITTED"), false),
        (VNG, span("GM1942", "CONFIRMED"), false),
        (MINISTRY_JUDGING, span("GM0417", "SUBMITTED"), false),
    ])
    .await;
}

#[tokio::test]
async fn nobody_says_anything_in_public_that_is_not_its_own() {
    writes_are([
        (PUBLIC, text("PUBLIC"), false),
        (PARTNER, text("ANSWER"), false),
        (HILVERSUM, text("ANSWER"), true),
        (HILVERSUM, text("PUBLIC"), false),
        (MINISTRY, text("PUBLIC"), true),
        // What an owner says of a result is public at once, and VNG says of its own; others say
        // nothing in public.
        (COMENSHA, text("PUBLIC"), true),
        (PARTNER, text("PUBLIC"), false),
        (VNG, text("PUBLIC"), false),
        (VNG, text("INCOMPLETE"), true),
        (MINISTRY, text("INCOMPLETE"), true),
        (HILVERSUM, text("INCOMPLETE"), false),
        (COMENSHA, text("INCOMPLETE"), false),
        (PARTNER, text("REPORT"), true),
        (HILVERSUM, text("REPORT"), false),
        (HILVERSUM, text("FUNCTION"), true),
        (VNG, text("FUNCTION"), true),
        (PARTNER, text("FUNCTION"), false),
        (MINISTRY, text("FUNCTION"), false),
    ])
    .await;
}

#[tokio::test]
async fn an_owner_and_the_ministry_report_on_an_action() {
    writes_are([
        (MINISTRY, report("MINISTRY", 33), true),
        (MINISTRY, report("comensha", 33), false),
        (COMENSHA, report("comensha", 33), true),
        (COMENSHA, report("comensha", 30), false),
        (COMENSHA, report("fairwork", 33), false),
        (PARTNER, report("comensha", 33), false),
        (VNG, report("vng", 33), false),
        (NOBODY, report("comensha", 33), false),
    ])
    .await;
}

#[tokio::test]
async fn nobody_fills_in_or_claims_for_another() {
    writes_are([
        (HILVERSUM, draft("GM0402"), true),
        (GOOI, draft("GM0406"), true),
        (HILVERSUM, draft("GM0406"), false),
        (VNG, draft("GM0402"), false),
        (PUBLIC, draft("GM0402"), false),
        (VNG, CLAIM.to_owned(), true),
        (HILVERSUM, CLAIM.to_owned(), false),
        (HILVERSUM, KEY.to_owned(), false),
    ])
    .await;
}
