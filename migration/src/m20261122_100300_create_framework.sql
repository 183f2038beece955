create table fact.framework_edition (
    like fact_columns including all,
    code text not null,
    title_nl text not null,
    title_en text not null,
    state text not null check (state in ('PROPOSED', 'ENDORSED', 'RETIRED')),
    rule_set text not null,
    norm_months integer not null check (norm_months > 0),
    norm_endorsed boolean not null,
    inheritance_grace_months integer not null check (inheritance_grace_months >= 0)
);
call keep_fact('framework_edition');

create table fact.theme (
    like fact_columns including all,
    edition text not null,
    code text not null,
    position integer not null,
    title_nl text not null,
    title_en text not null
);
call keep_fact('theme');

create table fact.criterion (
    like fact_columns including all,
    edition text not null,
    code text not null,
    theme text not null,
    position integer not null,
    level text not null check (level in ('BASIC', 'ADVANCED')),
    required boolean not null,
    answered_by text not null check (answered_by in ('MUNICIPALITY', 'REGION', 'COMPUTED')),
    scope text not null check (scope in
        ('LOCAL_ONLY', 'REGIONAL_ALLOWED', 'REGIONAL_ONLY', 'REGIONAL_DOCUMENT_LOCAL_ADOPTION')),
    not_applicable_allowed boolean not null,
    review_months integer not null check (review_months > 0),
    title_nl text not null,
    title_en text not null,
    text_nl text not null,
    text_en text not null,
    evidence_kinds text[] not null default '{}',
    basis text not null check (basis in ('NEED_IN_SOURCE', 'TOPIC_IN_SOURCE', 'OUR_PROPOSAL')),
    basis_note text
);
call keep_fact('criterion');

create table fact.reporting_period (
    like fact_columns including all,
    key text not null check (key ~ '^[0-9]{4}-[0-9]{1,2}$'),
    edition text not null,
    opens_on date not null,
    deadline_on date not null,
    closes_on date not null,
    check (opens_on <= deadline_on and deadline_on <= closes_on)
);
call keep_fact('reporting_period');

-- down
drop view known.reporting_period, known.criterion, known.theme, known.framework_edition;
drop table fact.reporting_period, fact.criterion, fact.theme, fact.framework_edition;
