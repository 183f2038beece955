create table fact.plan_step (
    like fact_columns including all,
    plan text not null,
    position integer not null,
    kind text not null check (kind in ('STATE', 'METHOD', 'CONSULTED')),
    state text check (state in ('PROPOSED', 'DISCUSSED', 'SENT', 'IN_FORCE', 'SUPERSEDED')),
    date_text text,
    date_earliest date,
    date_latest date,
    text_nl text not null,
    text_en text not null,
    check ((kind = 'STATE') = (state is not null)),
    check (date_earliest <= date_latest)
);
call keep_fact('plan_step');

create table fact.action_year (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    year integer not null,
    planned text not null check (planned in ('YES', 'NO')),
    place text not null check (place in ('TEXT', 'COLUMN', 'STATUS'))
);
call keep_fact('action_year');

create table fact.action_relation (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    kind text not null check (kind in ('STARTS_AFTER', 'COINCIDES_WITH', 'RELATED_TO', 'INFORMS')),
    to_plan text not null,
    to_number integer not null,
    text_nl text
);
call keep_fact('action_relation');

create table fact.plan_theme (
    like fact_columns including all,
    code text not null,
    title_nl text not null,
    title_en text not null
);
call keep_fact('plan_theme');

create table fact.action_theme (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    theme text not null
);
call keep_fact('action_theme');

create table fact.action_phase (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    year integer,
    title_nl text not null,
    title_en text not null
);
call keep_fact('action_phase');

create table fact.milestone (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    kind text not null check (kind in ('EXPECTED', 'STARTED', 'REACHED', 'DEADLINE')),
    date_text text not null,
    date_earliest date,
    date_latest date,
    text_nl text not null,
    text_en text not null,
    check (date_earliest <= date_latest)
);
call keep_fact('milestone');

create table fact.obligation (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    kind text not null check (kind in ('TIMES_PER_YEAR', 'SERVICE_NORM')),
    value integer not null,
    unit_nl text not null,
    unit_en text not null,
    text_nl text not null,
    text_en text not null,
    check (value > 0)
);
call keep_fact('obligation');

create table fact.activity (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    kind text not null
        check (kind in ('ACTION_DAY', 'TRAINING', 'EXERCISE', 'CAMPAIGN', 'MEETING', 'SUPPORT', 'OTHER')),
    place_nl text,
    audience_nl text,
    date_text text,
    date_earliest date,
    date_latest date,
    text_nl text not null,
    text_en text not null,
    check (date_earliest <= date_latest)
);
call keep_fact('activity');

create table fact.action_result (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    round text,
    kind text not null check (kind in ('FIGURE', 'PRODUCT', 'HARD_TO_MEASURE')),
    value integer,
    value_to integer,
    qualifier text not null check (qualifier in ('EXACT', 'MORE_THAN', 'ABOUT', 'RANGE', 'NONE')),
    qualifier_text text,
    unit_nl text,
    unit_en text,
    explanation_text uuid references free_text,
    summary_en text not null,
    check ((kind = 'FIGURE') = (value is not null)),
    check ((value is null) = (qualifier = 'NONE')),
    check ((qualifier = 'RANGE') = (value_to is not null)),
    check (value < value_to)
);
call keep_fact('action_result');

create table fact.action_reference (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    text_nl text not null,
    footnote text
);
call keep_fact('action_reference');

create table fact.adjacent_policy (
    like fact_columns including all,
    key text not null,
    plan text,
    policy text,
    title_nl text not null,
    title_en text not null,
    ends_on_text text,
    ends_on date,
    text_nl text
);
call keep_fact('adjacent_policy');

create table fact.motion (
    like fact_columns including all,
    key text not null,
    kind text not null check (kind in ('MOTION', 'COMMITMENT', 'AMENDMENT', 'REQUEST')),
    title_nl text not null,
    title_en text not null,
    outcome text not null check (outcome in ('CARRIED_OUT', 'REJECTED', 'UNKNOWN')),
    reference text,
    asks_nl text not null,
    asks_en text not null,
    amount_euros integer
);
call keep_fact('motion');

create table fact.motion_answer (
    like fact_columns including all,
    motion text not null,
    position integer not null,
    plan text not null,
    number integer,
    text_nl text not null,
    text_en text not null
);
call keep_fact('motion_answer');

create table fact.proposal (
    like fact_columns including all,
    key text not null,
    plan text not null,
    title_nl text not null,
    title_en text not null,
    outcome text not null check (outcome in ('ADOPTED', 'REJECTED', 'UNKNOWN')),
    actions text[] not null
);
call keep_fact('proposal');

create table fact.reference_citation (
    like fact_columns including all,
    key text not null,
    kind text not null check (kind in ('PARLIAMENTARY_PAPER', 'REPORT', 'PERIODIC_REPORT', 'LAW', 'WEBSITE')),
    text_nl text not null,
    dossier text,
    number text,
    session text,
    about_nl text,
    about_en text
);
call keep_fact('reference_citation');

create table fact.building_block (
    like fact_columns including all,
    key text not null,
    title_nl text not null,
    title_en text not null,
    state text not null check (state in ('ADOPTED', 'IN_DEVELOPMENT')),
    date_text text
);
call keep_fact('building_block');

-- The public texts that facts refer to, as they are known: explanations, results, measurements.
create view known.public_text with (security_invoker = true) as
    select id, ledger_no, body from free_text
    where kind = 'PUBLIC' and body is not null and ledger_no <= current_setting('app.ledger_no')::bigint;
grant select on known.public_text to stm_app;

-- down
drop view known.public_text;
drop view known.building_block, known.reference_citation, known.proposal, known.motion_answer, known.motion,
    known.adjacent_policy, known.action_reference, known.action_result, known.activity, known.obligation,
    known.milestone, known.action_phase, known.action_theme, known.plan_theme, known.action_relation,
    known.action_year, known.plan_step;
drop table fact.building_block, fact.reference_citation, fact.proposal, fact.motion_answer, fact.motion,
    fact.adjacent_policy, fact.action_reference, fact.action_result, fact.activity, fact.obligation, fact.milestone,
    fact.action_phase, fact.action_theme, fact.plan_theme, fact.action_relation, fact.action_year, fact.plan_step;
