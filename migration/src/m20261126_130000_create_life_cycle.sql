-- Who submitted, why it corrects a confirmed version, and which filling on behalf it accepts.
alter table fact.assessment_version
    add column submitted_by text check (submitted_by <> ''),
    add column reason_text uuid references free_text,
    add column on_behalf integer check (on_behalf > 0);
create or replace view known.assessment_version with (security_invoker = true) as
    select f.* from fact.assessment_version f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.assessment_version c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);

-- Why a version was returned, and whether it was decided on after the closing of the period.
alter table fact.review_decision
    add column reason_text uuid references free_text,
    add column after_closing boolean;
create or replace view known.review_decision with (security_invoker = true) as
    select f.* from fact.review_decision f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.review_decision c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);

create table fact.evidence (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    version integer not null,
    criterion text not null,
    position integer not null check (position > 0),
    kind text not null check (kind <> ''),
    title_text uuid not null references free_text,
    address text check (address ~ '^https://'),
    reference_text uuid references free_text,
    effective_on date not null,
    received_at timestamptz not null,
    unique (municipality, period, version, criterion, position),
    check (address is not null or reference_text is not null),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('evidence');

create table fact.review_question (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    version integer not null,
    number integer not null check (number > 0),
    criterion text,
    question_text uuid not null references free_text,
    asked_at timestamptz not null,
    unique (municipality, period, number),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('review_question');

create table fact.question_reply (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    question integer not null,
    reply_text uuid not null references free_text,
    replied_by text not null check (replied_by <> ''),
    replied_at timestamptz not null,
    unique (municipality, period, question),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('question_reply');

create table fact.assessment_withdrawal (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    version integer not null,
    reason_text uuid not null references free_text,
    withdrawn_at timestamptz not null,
    unique (municipality, period, version),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('assessment_withdrawal');

create table fact.deadline_extension (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    deadline_on date not null,
    reason_text uuid not null references free_text,
    check (subject_key = municipality || '/' || period)
);
call keep_fact('deadline_extension');

create table fact.submission_mandate (
    like fact_columns including all,
    municipality text not null,
    area text not null,
    check (valid_from is not null),
    check (subject_key = municipality || '/' || area)
);
call keep_fact('submission_mandate');

create table fact.on_behalf_filling (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    number integer not null check (number > 0),
    edition text not null,
    reason_text uuid not null references free_text,
    channel text not null check (channel in ('TELEPHONE', 'EMAIL', 'LETTER', 'MEETING', 'TABLE')),
    filled_at timestamptz not null,
    unique (municipality, period, number),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('on_behalf_filling');

create table fact.on_behalf_answer (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    filling integer not null,
    criterion text not null,
    answer text not null check (answer in ('MET', 'PARTLY_MET', 'NOT_MET', 'NOT_APPLICABLE', 'UNKNOWN')),
    explanation_text uuid references free_text,
    unique (municipality, period, filling, criterion),
    check (subject_key = municipality || '/' || period)
);
call keep_fact('on_behalf_answer');

-- Free texts are found from the row that they belong to.
create index on fact.assessment_version (reason_text);
create index on fact.review_decision (reason_text);
create index on fact.evidence (title_text);
create index on fact.evidence (reference_text);
create index on fact.review_question (question_text);
create index on fact.question_reply (reply_text);
create index on fact.assessment_withdrawal (reason_text);
create index on fact.deadline_extension (reason_text);
create index on fact.on_behalf_filling (reason_text);
create index on fact.on_behalf_answer (explanation_text);
create index on fact.deadline_extension (municipality, period);

do $$
declare
    t text;
begin
    foreach t in array array['evidence', 'review_question', 'question_reply', 'assessment_withdrawal', 'deadline_extension',
        'submission_mandate', 'on_behalf_filling', 'on_behalf_answer'] loop
        execute format('alter table fact.%I enable row level security', t);
        execute format('alter table fact.%I force row level security', t);
        execute format('create policy auditor_reads on fact.%I for select to stm_auditor using (true)', t);
    end loop;
    -- "Claim, question, return, confirm; extension": own, own region, VNG.
    foreach t in array array['review_question', 'question_reply', 'on_behalf_filling', 'on_behalf_answer'] loop
        execute format('create policy app_reads on fact.%I for select to stm_app using (
            app_sees_submitted(municipality, period))', t);
    end loop;
    -- "Submission state": the ministry too.
    foreach t in array array['assessment_withdrawal', 'deadline_extension'] loop
        execute format('create policy app_reads on fact.%I for select to stm_app using (
            app_sees_submitted(municipality, period) or (select app_role()) = ''MINISTRY'')', t);
    end loop;
    -- "Claim, question, return, confirm; extension" and "Draft: fill on behalf": VNG.
    foreach t in array array['review_question', 'deadline_extension', 'on_behalf_filling', 'on_behalf_answer'] loop
        execute format('create policy app_appends on fact.%I for insert to stm_app with check (
            (select app_role()) = ''VNG'')', t);
    end loop;
    -- "Submit, withdraw": own, and own region with mandate.
    foreach t in array array['evidence', 'question_reply', 'assessment_withdrawal'] loop
        execute format('create policy app_appends on fact.%I for insert to stm_app with check (
            app_submits_for(municipality))', t);
    end loop;
end $$;

-- The judge leaves a withdrawn version out, whoever's change made it judge.
create policy judge_reads on fact.assessment_withdrawal for select to stm_app using (
    current_setting('app.purpose', true) = 'JUDGING' and (select app_role()) in ('MUNICIPALITY', 'REGION', 'VNG', 'SYSTEM'));

-- "Answers, evidence, grounds": the ministry sees the confirmed ones only.
create policy app_reads on fact.evidence for select to stm_app using (
    app_sees_submitted(municipality, period)
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = evidence.municipality and d.period = evidence.period
          and d.version = evidence.version and d.outcome = 'CONFIRMED')));

-- A mandate is the municipality's own to give; its region sees it, and VNG.
create policy app_reads on fact.submission_mandate for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[]) or area = (select app_area()))));
create policy app_appends on fact.submission_mandate for insert to stm_app with check (
    (select app_role()) = 'MUNICIPALITY' and app_writes_for(municipality));

-- A region submits for the members that gave it a mandate.
create or replace function app_submits_for(of_municipality text) returns boolean language sql stable
    as $$
    select app_writes_for(of_municipality) and ((select app_role()) = 'MUNICIPALITY' or exists (
        select from known.submission_mandate m
        where m.municipality = of_municipality and m.area = (select app_area())
          and m.valid_from <= nullif(current_setting('app.day', true), '')::date
          and (m.valid_to is null or m.valid_to > nullif(current_setting('app.day', true), '')::date)))
    $$;

-- Texts of an assessment are seen by whoever sees the row that they belong to.
create policy app_reads_review on free_text for select to stm_app using (
    kind = 'ANSWER' and (
        exists (select from fact.review_question q where q.question_text = free_text.id)
        or exists (select from fact.question_reply r where r.reply_text = free_text.id)
        or exists (select from fact.on_behalf_filling f where f.reason_text = free_text.id)
        or exists (select from fact.on_behalf_answer a where a.explanation_text = free_text.id)
        or exists (select from fact.evidence e where e.title_text = free_text.id)
        or exists (select from fact.evidence e where e.reference_text = free_text.id)
        or ((select app_role()) <> 'MINISTRY' and (
            exists (select from fact.assessment_version v where v.reason_text = free_text.id)
            or exists (select from fact.review_decision d where d.reason_text = free_text.id)
            or exists (select from fact.assessment_withdrawal w where w.reason_text = free_text.id)
            or exists (select from fact.deadline_extension x where x.reason_text = free_text.id)))));
create policy app_appends_review on free_text for insert to stm_app with check (
    kind = 'ANSWER' and (select app_role()) in ('REGION', 'VNG'));

-- That somebody has it in hand is seen by whoever sees the assessment; by whom, the service tells nobody.
create policy app_reads_own on work.claim for select to stm_app using (app_sees_submitted(municipality, period));

-- Evidence of an answer that is being filled in, and the period that an answer was carried over from and waits to be
-- confirmed.
alter table work.draft_answer
    add column evidence jsonb not null default '[]',
    add column carried_from text check (carried_from <> '');

-- down
alter table work.draft_answer drop column carried_from, drop column evidence;
drop policy app_reads_own on work.claim;
drop policy app_appends_review on free_text;
drop policy app_reads_review on free_text;
create or replace function app_submits_for(of_municipality text) returns boolean language sql stable
    as $$ select (select app_role()) = 'MUNICIPALITY' and app_writes_for(of_municipality) $$;
drop view known.on_behalf_answer, known.on_behalf_filling, known.submission_mandate, known.deadline_extension,
    known.assessment_withdrawal, known.question_reply, known.review_question, known.evidence;
drop table fact.on_behalf_answer, fact.on_behalf_filling, fact.submission_mandate, fact.deadline_extension,
    fact.assessment_withdrawal, fact.question_reply, fact.review_question, fact.evidence;
drop view known.review_decision;
alter table fact.review_decision drop column after_closing, drop column reason_text;
create view known.review_decision with (security_invoker = true) as
    select f.* from fact.review_decision f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.review_decision c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
grant select, insert on known.review_decision to stm_app;
drop view known.assessment_version;
alter table fact.assessment_version drop column on_behalf, drop column reason_text, drop column submitted_by;
create view known.assessment_version with (security_invoker = true) as
    select f.* from fact.assessment_version f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.assessment_version c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
grant select, insert on known.assessment_version to stm_app;
