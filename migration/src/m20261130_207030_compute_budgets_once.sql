-- One computation of the budget for feeds and GraphQL: a year of promised money without a column in the tables is told as not in the
-- source, a line is compared as the overview prints it, and a total is the sum of the overview's own rows.

-- The years that the sources speak of: those with a column, and those of promised money.
create view bi.budget_year with (security_invoker = true) as
select y.plan, y.year, max(y.ledger_no) as ledger_no
from (
    select c.plan, c.year, min(c.ledger_no) as ledger_no from known.budget_cell c group by c.plan, c.year
    union all
    select f.plan, g.year, f.ledger_no
    from known.funding f cross join lateral generate_series(f.year_from, f.year_to) as g (year)
    where f.counts) y
group by y.plan, y.year;

-- A cell that was taken away is not in the source from then on, which is a change of its row.
create or replace view bi.fact_budget_source_history with (security_invoker = true) as
select c.plan || '/' || c.sheet || '/' || c.row_code as budget_row_key, c.year, c.plan as plan_key, c.sheet,
    c.plan || '/' || c.line as line_key, c.position, c.kind, k.label_nl as kind_label_nl, k.label_en as kind_label_en,
    c.title_nl, c.is_new, c.action_count, c.printed, c.state,
    s.label_nl as state_label_nl, s.label_en as state_label_en, c.amount_euros, c.unit_euros,
    c.source_document, c.source_lines, bi.recorded_at(c.ledger_no) as recorded_at, c.ledger_no
from (
    select c.plan, c.sheet, c.row_code, c.year, c.line, c.position, c.kind, c.title_nl, c.is_new, cardinality(c.actions) as action_count,
        c.printed, c.state, c.amount_euros, c.unit_euros, c.source_document, c.source_lines, c.ledger_no
    from known.budget_cell c
    union all
    select r.plan, r.sheet, r.row_code, y.year, r.line, r.position, r.kind, r.title_nl, r.is_new, cardinality(r.actions),
        null, 'NOT_IN_SOURCE', null, r.unit_euros, null, null, greatest(r.ledger_no, y.ledger_no, g.ledger_no)
    from (
        select distinct on (c.plan, c.sheet, c.row_code) c.*
        from known.budget_cell c order by c.plan, c.sheet, c.row_code, c.year) r
    join bi.budget_year y on y.plan = r.plan
    left join lateral (
        select max(f.ledger_no) as ledger_no from fact.budget_cell f
        where f.subject_key = r.plan || '/' || r.sheet || '/' || r.row_code || '/' || y.year
          and f.ledger_no <= current_setting('app.ledger_no')::bigint) g on true
    where not exists (
        select from known.budget_cell c
        where c.plan = r.plan and c.sheet = r.sheet and c.row_code = r.row_code and c.year = y.year)) c
left join bi.dim_code k on k.code_list = 'BUDGET_KIND' and k.code = c.kind
left join bi.dim_code s on s.code_list = 'BUDGET_STATE' and s.code = c.state;

create or replace view bi.total_budget with (security_invoker = true) as
select p.plan_key, p.year, coalesce(p.line_key, 'TOTAL') as place, p.line_key, p.amount_euros as printed_euros, s.computed_euros,
    case when p.state <> 'NOT_IN_SOURCE' and s.is_in_source
        then coalesce(s.computed_euros, 0) - coalesce(p.amount_euros, 0) end as difference_euros,
    p.source_document, p.source_lines,
    bi.recorded_at(greatest(p.ledger_no, s.ledger_no, t.ledger_no)) as recorded_at, greatest(p.ledger_no, s.ledger_no, t.ledger_no) as ledger_no,
    p.state, p.state_label_nl, p.state_label_en, t.amount_euros as line_table_euros
from bi.fact_budget_source_history p
cross join lateral (
    select sum(b.amount_euros)::bigint as computed_euros, coalesce(bool_or(b.state <> 'NOT_IN_SOURCE'), false) as is_in_source,
        max(b.ledger_no) as ledger_no
    from bi.fact_budget_source_history b
    where b.plan_key = p.plan_key and b.year = p.year
      and case when p.kind = 'TOTAL' then b.sheet = 'SUMMARY' and b.kind <> 'TOTAL'
          else b.sheet = 'LINES' and b.kind = 'ACTION' and b.line_key = p.line_key end) s
left join bi.fact_budget_source_history t
    on t.plan_key = p.plan_key and t.year = p.year and t.sheet = 'LINES' and t.kind = 'TOTAL' and t.line_key = p.line_key
where p.sheet = 'SUMMARY' and p.kind in ('LINE', 'TOTAL');
grant select on bi.budget_year to stm_app, stm_auditor;

-- down
drop view bi.total_budget;
create view bi.total_budget with (security_invoker = true) as
select p.plan_key, p.year, coalesce(p.line_key, 'TOTAL') as place, p.line_key, p.amount_euros as printed_euros, s.computed_euros,
    s.computed_euros - coalesce(p.amount_euros, 0) as difference_euros,
    p.source_document, p.source_lines,
    bi.recorded_at(greatest(p.ledger_no, s.ledger_no)) as recorded_at, greatest(p.ledger_no, s.ledger_no) as ledger_no
from bi.fact_budget_source_history p
cross join lateral (
    select coalesce(sum(b.amount_euros), 0)::bigint as computed_euros, max(b.ledger_no) as ledger_no
    from bi.fact_budget_history b
    where b.plan_key = p.plan_key and b.year = p.year and (p.line_key is null or b.line_key = p.line_key)) s
where p.kind = 'TOTAL';
grant select on bi.total_budget to stm_app, stm_auditor;
create or replace view bi.fact_budget_source_history with (security_invoker = true) as
select c.plan || '/' || c.sheet || '/' || c.row_code as budget_row_key, c.year, c.plan as plan_key, c.sheet,
    c.plan || '/' || c.line as line_key, c.position, c.kind, k.label_nl as kind_label_nl, k.label_en as kind_label_en,
    c.title_nl, c.is_new, cardinality(c.actions) as action_count, c.printed, c.state,
    s.label_nl as state_label_nl, s.label_en as state_label_en, c.amount_euros, c.unit_euros,
    c.source_document, c.source_lines, bi.recorded_at(c.ledger_no) as recorded_at, c.ledger_no
from known.budget_cell c
left join bi.dim_code k on k.code_list = 'BUDGET_KIND' and k.code = c.kind
left join bi.dim_code s on s.code_list = 'BUDGET_STATE' and s.code = c.state;
drop view bi.budget_year;
