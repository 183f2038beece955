create table fact.published_municipality_count (
    like fact_columns including all,
    day date not null,
    count integer not null
);
call keep_fact('published_municipality_count');

create table fact.known_difference (
    like fact_columns including all,
    "check" text not null,
    subject text not null,
    published text not null,
    computed text not null,
    reason_nl text not null,
    reason_en text not null
);
call keep_fact('known_difference');

create table fact.known_gap (
    like fact_columns including all,
    key text not null,
    text_nl text not null,
    text_en text not null
);
call keep_fact('known_gap');

create table fact.data_decision (
    like fact_columns including all,
    key text not null,
    kind text not null check (kind in ('UNIT', 'REPAIR', 'ORDER', 'CONFLICT', 'UNRESOLVED')),
    subject text not null,
    printed text not null,
    taken_as text not null,
    reason_nl text not null,
    reason_en text not null
);
call keep_fact('data_decision');

-- down
drop view known.data_decision, known.known_gap, known.known_difference, known.published_municipality_count;
drop table fact.data_decision, fact.known_gap, fact.known_difference, fact.published_municipality_count;
