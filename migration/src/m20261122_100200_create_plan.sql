create table fact.source_document (
    like fact_columns including all,
    key text not null,
    kind text not null,
    title_nl text not null,
    title_en text not null,
    dated_on date,
    date_text text not null,
    reference text,
    file text
);
call keep_fact('source_document');

create table fact.plan_version (
    like fact_columns including all,
    key text not null,
    title_nl text not null,
    title_en text not null,
    state text not null check (state in ('PROPOSED', 'DISCUSSED', 'SENT', 'IN_FORCE', 'SUPERSEDED'))
);
call keep_fact('plan_version');

create table fact.action_line (
    like fact_columns including all,
    plan text not null,
    number integer not null check (number > 0),
    title_nl text not null,
    title_en text not null,
    short_title_nl text,
    narrative_nl text,
    is_new boolean not null
);
call keep_fact('action_line');

create table fact.action (
    like fact_columns including all,
    plan text not null,
    number integer not null check (number > 0),
    line integer not null,
    title_nl text not null,
    title_en text not null,
    is_new boolean not null
);
call keep_fact('action');

create table fact.action_title (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    title_nl text not null
);
call keep_fact('action_title');

create table fact.action_lineage (
    like fact_columns including all,
    from_plan text not null,
    from_number integer not null,
    to_plan text not null,
    to_number integer not null,
    confidence text not null check (confidence in ('CERTAIN', 'LIKELY'))
);
call keep_fact('action_lineage');

-- A round whose document prints no date carries an interval and counts from its end.
create table fact.monitoring_round (
    like fact_columns including all,
    key text not null,
    plan text not null,
    title_nl text not null,
    title_en text not null,
    date_earliest date not null,
    date_latest date not null,
    date_text text not null,
    state text not null check (state in ('OPEN', 'CLOSED')),
    check (date_earliest <= date_latest)
);
call keep_fact('monitoring_round');

create table fact.status_report (
    like fact_columns including all,
    round text not null,
    plan text not null,
    action integer not null,
    status text not null
        check (status in ('COMPLETED', 'IN_PROGRESS', 'IN_PROGRESS_DELAYED', 'ONGOING', 'NOT_STARTED')),
    explanation_text uuid references free_text,
    period_text text,
    delay_amount_text text,
    delay_cause_nl text,
    delay_cause_state text check (delay_cause_state in ('GIVEN', 'NOT_IN_SOURCE')),
    check ((status = 'IN_PROGRESS_DELAYED') = (delay_cause_state is not null)),
    check ((delay_cause_state = 'GIVEN') = (delay_cause_nl is not null))
);
call keep_fact('status_report');

-- An action of the plan that a round leaves out, as its document says.
create table fact.round_exclusion (
    like fact_columns including all,
    round text not null,
    plan text not null,
    action integer not null
);
call keep_fact('round_exclusion');

-- The figures that a document prints, kept beside the ones that we compute.
create table fact.published_count (
    like fact_columns including all,
    round text not null,
    line text not null,
    measure text not null
        check (measure in ('TOTAL', 'COMPLETED', 'IN_PROGRESS', 'IN_PROGRESS_DELAYED', 'ONGOING', 'NOT_STARTED')),
    value integer not null check (value >= 0)
);
call keep_fact('published_count');

-- down
drop view known.published_count, known.round_exclusion, known.status_report, known.monitoring_round, known.action_lineage,
    known.action_title, known.action, known.action_line, known.plan_version, known.source_document;
drop table fact.published_count, fact.round_exclusion, fact.status_report, fact.monitoring_round, fact.action_lineage,
    fact.action_title, fact.action, fact.action_line, fact.plan_version, fact.source_document;
