create table fact.budget_cell (
    like fact_columns including all,
    plan text not null,
    sheet text not null check (sheet in ('SUMMARY', 'LINES')),
    row_code text not null,
    position integer not null,
    kind text not null check (kind in ('PROGRAMME', 'LINE', 'ACTION', 'TOTAL')),
    line integer,
    actions text[] not null,
    title_nl text not null,
    is_new boolean not null,
    year integer not null,
    printed text,
    state text not null check (state in ('AMOUNT', 'ZERO', 'DASH', 'BLANK')),
    amount_euros integer,
    unit_euros integer not null,
    check ((state in ('AMOUNT', 'ZERO')) = (amount_euros is not null)),
    check ((state = 'ZERO') = (amount_euros = 0) or amount_euros is null),
    check ((state = 'BLANK') = (printed is null)),
    check (unit_euros > 0)
);
call keep_fact('budget_cell');

create table fact.funding (
    like fact_columns including all,
    key text not null,
    plan text,
    kind text not null check (kind in ('BASE', 'EXTRA', 'OTHER', 'REJECTED')),
    counts boolean not null,
    title_nl text not null,
    title_en text not null,
    amount_euros integer not null,
    year_from integer,
    year_to integer,
    text_nl text not null,
    check (kind in ('BASE', 'EXTRA') or not counts),
    check (year_from <= year_to)
);
call keep_fact('funding');

-- down
drop view known.funding, known.budget_cell;
drop table fact.funding, fact.budget_cell;
