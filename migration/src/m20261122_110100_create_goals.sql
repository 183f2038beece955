create table fact.operational_goal (
    like fact_columns including all,
    plan text not null,
    line integer not null,
    number integer not null,
    is_overarching boolean not null,
    text_nl text not null,
    text_en text not null,
    starts_text text,
    starts_on date,
    deadline_text text,
    deadline_on date,
    check (is_overarching = (number = 0)),
    check (starts_on <= deadline_on)
);
call keep_fact('operational_goal');

create table fact.goal_target (
    like fact_columns including all,
    plan text not null,
    line integer not null,
    goal integer not null,
    position integer not null,
    kind text not null check (kind in ('PERCENT_INCREASE', 'COUNT')),
    direction text not null check (direction in ('AT_LEAST', 'BETWEEN', 'EXACTLY')),
    value integer not null,
    value_to integer,
    unit_nl text not null,
    unit_en text not null,
    text_nl text not null,
    baseline_state text not null check (baseline_state in ('NOT_IN_SOURCE', 'RUNNING', 'NOT_NEEDED')),
    check ((direction = 'BETWEEN') = (value_to is not null)),
    check (value < value_to)
);
call keep_fact('goal_target');

create table fact.measurement (
    like fact_columns including all,
    key text not null,
    plan text not null,
    action integer,
    line integer,
    goal integer,
    target integer,
    kind text not null check (kind in ('BASELINE', 'INTERIM', 'FINAL')),
    group_nl text,
    group_en text,
    state text not null check (state in ('RUNNING', 'REPORTED', 'HARD_TO_MEASURE')),
    value integer,
    unit_nl text,
    unit_en text,
    measured_on date,
    date_text text,
    explanation_text uuid references free_text,
    summary_en text not null,
    check ((state = 'REPORTED') = (value is not null))
);
call keep_fact('measurement');

create table fact.intended_effect (
    like fact_columns including all,
    plan text not null,
    line integer not null,
    number integer not null,
    text_nl text not null,
    text_en text not null
);
call keep_fact('intended_effect');

create table fact.effect_indicator (
    like fact_columns including all,
    key text not null,
    plan text not null,
    line integer not null,
    effect integer not null,
    text_nl text not null,
    text_en text not null,
    counted_by text[] not null
);
call keep_fact('effect_indicator');

create table fact.action_goal (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    line integer not null,
    goal integer not null
);
call keep_fact('action_goal');

create table fact.goal_lineage (
    like fact_columns including all,
    from_plan text not null,
    from_line integer not null,
    from_goal integer not null,
    to_plan text not null,
    to_line integer not null,
    to_goal integer not null,
    change_nl text not null,
    change_en text not null
);
call keep_fact('goal_lineage');

create table fact.national_figure (
    like fact_columns including all,
    key text not null,
    series text not null,
    title_nl text not null,
    title_en text not null,
    kind text not null check (kind in ('COUNT', 'ESTIMATE', 'TREND', 'UNKNOWN')),
    area text not null,
    period_text text,
    year_from integer,
    year_to integer,
    value integer,
    value_to integer,
    qualifier text not null check (qualifier in ('EXACT', 'AT_LEAST', 'RANGE', 'PROPORTION', 'NONE')),
    direction text check (direction in ('RISE', 'FALL', 'STRONG_FALL')),
    unit_nl text,
    unit_en text,
    stated_by text,
    form text
        check (form in ('SEXUAL_EXPLOITATION', 'LABOUR_EXPLOITATION', 'CRIMINAL_EXPLOITATION',
            'FORCED_ORGAN_REMOVAL')),
    text_nl text not null,
    reason_nl text,
    reason_en text,
    check ((value is null) = (qualifier = 'NONE')),
    check ((kind = 'TREND') = (direction is not null)),
    check ((kind = 'UNKNOWN') = (reason_nl is not null)),
    check (value < value_to)
);
call keep_fact('national_figure');

create table fact.exploitation_form (
    like fact_columns including all,
    code text not null
        check (code in ('SEXUAL_EXPLOITATION', 'LABOUR_EXPLOITATION', 'CRIMINAL_EXPLOITATION',
            'FORCED_ORGAN_REMOVAL')),
    position integer not null,
    title_nl text not null,
    title_en text not null,
    text_nl text not null,
    text_en text not null
);
call keep_fact('exploitation_form');

-- down
drop view known.exploitation_form, known.national_figure, known.goal_lineage, known.action_goal,
    known.effect_indicator, known.intended_effect, known.measurement, known.goal_target, known.operational_goal;
drop table fact.exploitation_form, fact.national_figure, fact.goal_lineage, fact.action_goal, fact.effect_indicator,
    fact.intended_effect, fact.measurement, fact.goal_target, fact.operational_goal;
