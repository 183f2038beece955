-- Rows of a municipality and a period: seen by VNG, by the municipality itself (own predecessors included), by its
-- region in that period, and by the import.
create function app_sees_submitted(of_municipality text, of_period text) returns boolean language sql stable
    as $$
    select (select app_role()) in ('VNG', 'SYSTEM')
        or ((select app_role()) in ('MUNICIPALITY', 'REGION')
            and (of_municipality = any ((select app_municipalities())::text[])
                or of_municipality || '/' || of_period = any ((select app_subjects())::text[])))
    $$;
-- Rows that the actor may write for a municipality today.
create function app_writes_for(of_municipality text) returns boolean language sql stable
    as $$
    select (select app_role()) in ('MUNICIPALITY', 'REGION')
        and of_municipality = any (string_to_array(nullif(current_setting('app.writes_for', true), ''), ','))
    $$;

-- Submitting is the municipality's own; a region needs a mandate for it.
create function app_submits_for(of_municipality text) returns boolean language sql stable
    as $$ select (select app_role()) = 'MUNICIPALITY' and app_writes_for(of_municipality) $$;

create table fact.assessment_version (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    number integer not null check (number > 0),
    edition text not null,
    submitted_at timestamptz not null,
    on_time boolean not null,
    approved_by_function text not null check (approved_by_function <> ''),
    approved_on date not null,
    content_hash text not null,
    unique (municipality, period, number),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('assessment_version');

create table fact.answer (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    version integer not null,
    criterion text not null,
    answer text not null check (answer in ('MET', 'PARTLY_MET', 'NOT_MET', 'NOT_APPLICABLE', 'UNKNOWN')),
    explanation_text uuid references free_text,
    unique (municipality, period, version, criterion),
    check (subject_key = municipality || '/' || period)
);
create index on fact.answer (explanation_text);
call keep_fact('answer');

create table fact.review_decision (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    version integer not null,
    outcome text not null check (outcome in ('CONFIRMED', 'RETURNED')),
    decided_at timestamptz not null,
    unique (municipality, period, version),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('review_decision');

do $$
declare
    t text;
begin
    foreach t in array array['assessment_version', 'answer', 'review_decision'] loop
        execute format('alter table fact.%I enable row level security', t);
        execute format('alter table fact.%I force row level security', t);
        execute format('create policy auditor_reads on fact.%I for select to stm_auditor using (true)', t);
    end loop;
end $$;

-- Submission states: the ministry sees all of them (mandate table, row "Submission state").
create policy app_reads on fact.assessment_version for select to stm_app using (
    app_sees_submitted(municipality, period) or (select app_role()) = 'MINISTRY');
create policy app_appends on fact.assessment_version for insert to stm_app with check (
    app_submits_for(municipality));

create policy app_reads on fact.review_decision for select to stm_app using (
    app_sees_submitted(municipality, period) or (select app_role()) = 'MINISTRY');
create policy app_appends on fact.review_decision for insert to stm_app with check (
    (select app_role()) = 'VNG');

-- Answers: the ministry sees the confirmed ones only.
create policy app_reads on fact.answer for select to stm_app using (
    app_sees_submitted(municipality, period)
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = answer.municipality and d.period = answer.period
          and d.version = answer.version and d.outcome = 'CONFIRMED')));
create policy app_appends on fact.answer for insert to stm_app with check (
    app_submits_for(municipality));

-- A text is seen by whoever sees the fact that it belongs to.
alter table free_text enable row level security;
alter table free_text force row level security;
create policy auditor_reads on free_text for select to stm_auditor using (true);
create policy app_reads on free_text for select to stm_app using (
    kind = 'PUBLIC' or exists (select from fact.answer a where a.explanation_text = free_text.id));
create policy app_appends on free_text for insert to stm_app with check (
    (kind = 'PUBLIC' and (select app_role()) = 'SYSTEM')
    or (kind = 'ANSWER' and (select app_role()) = 'MUNICIPALITY'));

-- Working tables: no ledger, never cached, never counted.
create table work.draft (
    municipality text not null,
    period text not null,
    edition text not null,
    created_at timestamptz not null,
    primary key (municipality, period)
);
create table work.draft_answer (
    municipality text not null,
    period text not null,
    criterion text not null,
    answer text not null check (answer in ('MET', 'PARTLY_MET', 'NOT_MET', 'NOT_APPLICABLE', 'UNKNOWN')),
    explanation text check (explanation <> ''),
    revision integer not null check (revision > 0),
    changed_by_role text not null,
    changed_at timestamptz not null,
    primary key (municipality, period, criterion),
    foreign key (municipality, period) references work.draft
);
create table work.claim (
    municipality text not null,
    period text not null,
    version integer not null,
    holder text not null,
    expires_at timestamptz not null,
    primary key (municipality, period, version)
);
create table work.idempotency_key (
    organisation text not null,
    subject text not null,
    field text not null,
    key text not null check (length(key) between 1 and 200),
    input_hash bytea not null,
    outcome jsonb,
    recorded_at timestamptz not null,
    primary key (organisation, subject, field, key)
);
grant select, insert, update, delete on work.draft, work.draft_answer, work.claim to stm_app;
grant select, insert, update on work.idempotency_key to stm_app;

alter table work.draft enable row level security;
alter table work.draft force row level security;
create policy auditor_reads on work.draft for select to stm_auditor using (true);
create policy app_reads on work.draft for select to stm_app using (app_writes_for(municipality));
create policy app_adds on work.draft for insert to stm_app with check (app_writes_for(municipality));
create policy app_changes on work.draft for update to stm_app
    using (app_writes_for(municipality)) with check (app_writes_for(municipality));
create policy app_removes on work.draft for delete to stm_app using (app_writes_for(municipality));
alter table work.draft_answer enable row level security;
alter table work.draft_answer force row level security;
create policy auditor_reads on work.draft_answer for select to stm_auditor using (true);
create policy app_reads on work.draft_answer for select to stm_app using (app_writes_for(municipality));
create policy app_adds on work.draft_answer for insert to stm_app with check (app_writes_for(municipality));
create policy app_changes on work.draft_answer for update to stm_app
    using (app_writes_for(municipality)) with check (app_writes_for(municipality));
create policy app_removes on work.draft_answer for delete to stm_app using (app_writes_for(municipality));
alter table work.claim enable row level security;
alter table work.claim force row level security;
create policy auditor_reads on work.claim for select to stm_auditor using (true);
create policy app_reads on work.claim for select to stm_app using ((select app_role()) = 'VNG');
create policy app_adds on work.claim for insert to stm_app with check ((select app_role()) = 'VNG');
create policy app_changes on work.claim for update to stm_app
    using ((select app_role()) = 'VNG') with check ((select app_role()) = 'VNG');
create policy app_removes on work.claim for delete to stm_app using ((select app_role()) = 'VNG');
alter table work.idempotency_key enable row level security;
alter table work.idempotency_key force row level security;
create policy auditor_reads on work.idempotency_key for select to stm_auditor using (true);
create policy app_reads on work.idempotency_key for select to stm_app using (
    subject = (select nullif(current_setting('app.subject', true), '')));
create policy app_adds on work.idempotency_key for insert to stm_app with check (
    subject = (select nullif(current_setting('app.subject', true), '')));
create policy app_changes on work.idempotency_key for update to stm_app
    using (subject = (select nullif(current_setting('app.subject', true), '')))
    with check (subject = (select nullif(current_setting('app.subject', true), '')));

-- down
drop table work.idempotency_key, work.claim, work.draft_answer, work.draft;
drop policy app_appends on free_text;
drop policy app_reads on free_text;
drop policy auditor_reads on free_text;
alter table free_text no force row level security;
alter table free_text disable row level security;
drop view known.review_decision, known.answer, known.assessment_version;
drop table fact.answer, fact.review_decision, fact.assessment_version;
drop function app_submits_for, app_sees_submitted, app_writes_for;
