create table fact.policy_provision (
    like fact_columns including all,
    policy text not null,
    kind text not null
        check (kind in ('GOAL', 'LINE', 'TRACK', 'PREVENTION', 'RISK_GROUP', 'COMMITMENT', 'CADENCE', 'EVALUATION',
            'FINANCE', 'FORM_IN_SCOPE', 'FORM_OUT_OF_SCOPE', 'CHAIN_PARTNER', 'CORE_TEAM', 'DUTY',
            'REPORT_CONTENT', 'ANNEX')),
    position integer not null,
    group_nl text,
    form text
        check (form in ('SEXUAL_EXPLOITATION', 'LABOUR_EXPLOITATION', 'CRIMINAL_EXPLOITATION',
            'FORCED_ORGAN_REMOVAL')),
    times_per_year integer,
    at_most_per_year integer,
    every_years integer,
    due_year integer,
    partner text,
    text_nl text not null,
    text_en text not null
);
call keep_fact('policy_provision');

create table fact.function_role (
    like fact_columns including all,
    code text not null check (code in ('CHAIN_COORDINATOR', 'CARE_COORDINATOR', 'DESIGNATED_OFFICER')),
    position integer not null,
    title_nl text not null,
    title_en text not null,
    level text not null check (level in ('REGION', 'SUPRALOCAL', 'MUNICIPALITY')),
    does_nl text not null,
    does_en text not null,
    does_not_nl text,
    does_not_en text
);
call keep_fact('function_role');

create table fact.function_assignment (
    like fact_columns including all,
    key text not null,
    role text not null,
    area text,
    municipality text,
    organisation_nl text not null,
    partner text,
    trained text not null check (trained in ('YES', 'NO', 'UNKNOWN')),
    enough_time text not null check (enough_time in ('YES', 'NO', 'UNKNOWN')),
    text_nl text not null
);
call keep_fact('function_assignment');

create table fact.reporting_step (
    like fact_columns including all,
    route text not null,
    step integer not null,
    branch integer not null,
    audience_nl text,
    audience_en text,
    contact_roles text[] not null,
    address text,
    text_nl text not null,
    text_en text not null
);
call keep_fact('reporting_step');

create table fact.reporting_point (
    like fact_columns including all,
    key text not null,
    name_nl text not null,
    name_en text not null,
    audiences text[] not null,
    partner text,
    address text,
    state text not null check (state in ('ACTIVE', 'MERGED', 'PLANNED', 'NOT_VERIFIED')),
    successor text,
    checked_on date,
    text_nl text not null,
    text_en text not null
);
call keep_fact('reporting_point');

-- down
drop view known.reporting_point, known.reporting_step, known.function_assignment, known.function_role,
    known.policy_provision;
drop table fact.reporting_point, fact.reporting_step, fact.function_assignment, fact.function_role,
    fact.policy_provision;
