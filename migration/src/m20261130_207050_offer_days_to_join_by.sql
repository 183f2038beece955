-- Days to join by beside those that are known: what has no first day is empty in valid_from, and an ordinary join would lose it.
create or replace view bi.dim_action_line with (security_invoker = true) as
select distinct on (l.plan, l.number)
    l.plan || '/' || l.number as line_key, l.plan as plan_key, l.number as line_number, l.title_nl, l.title_en, l.is_new,
    l.valid_from, l.valid_to as valid_until, l.source_document, l.source_lines, bi.recorded_at(l.ledger_no) as recorded_at, l.ledger_no,
    coalesce(l.valid_from, date '0001-01-01') as joins_from, coalesce(l.valid_to, date '9999-12-31') as joins_until
from known.action_line l
where l.valid_from is null or l.valid_from <= bi.day()
order by l.plan, l.number, l.valid_from desc nulls last;

create or replace view bi.dim_action with (security_invoker = true) as
select distinct on (a.plan, a.number)
    a.plan || '/' || a.number as action_key, a.plan as plan_key, a.number as action_number,
    a.plan || '/' || a.line as line_key, a.title_nl, a.title_en, a.is_new,
    a.valid_from, a.valid_to as valid_until, a.source_document, a.source_lines, bi.recorded_at(a.ledger_no) as recorded_at, a.ledger_no,
    coalesce(a.valid_from, date '0001-01-01') as joins_from, coalesce(a.valid_to, date '9999-12-31') as joins_until
from known.action a
where a.valid_from is null or a.valid_from <= bi.day()
order by a.plan, a.number, a.valid_from desc nulls last;

create or replace view bi.dim_municipality with (security_invoker = true) as
select m.code || '@' || coalesce(m.valid_from::text, 'start') as municipality_key,
    m.code as municipality_code, m.name, m.label, m.valid_from, m.valid_to as valid_until,
    bi.holds(m.valid_from, m.valid_to) as is_current, t.tile_row, t.tile_column,
    m.source_document, m.source_lines,
    bi.recorded_at(greatest(m.ledger_no, t.ledger_no)) as recorded_at, greatest(m.ledger_no, t.ledger_no) as ledger_no,
    coalesce(m.valid_from, date '0001-01-01') as joins_from, coalesce(m.valid_to, date '9999-12-31') as joins_until
from known.municipality m
left join known.tile t on t.kind = 'MUNICIPALITY' and t.code = m.code;

create or replace view bi.bridge_area_membership with (security_invoker = true) as
select m.area || '/' || m.municipality || '@' || coalesce(m.valid_from::text, 'start') as membership_key,
    m.area as area_code, m.municipality as municipality_code, m.valid_from, m.valid_to as valid_until,
    bi.holds(m.valid_from, m.valid_to) as is_current,
    m.source_document, m.source_lines, bi.recorded_at(m.ledger_no) as recorded_at, m.ledger_no,
    coalesce(m.valid_from, date '0001-01-01') as joins_from, coalesce(m.valid_to, date '9999-12-31') as joins_until
from known.area_membership m;


-- down
do $$
declare
    dependents text[] := array['bi.fact_action_status_current', 'bi.total_dashboard'];
    held text[] := array[]::text[];
    v text;
begin
    foreach v in array dependents loop
        held := held || pg_get_viewdef(v::regclass);
    end loop;
    drop view bi.total_dashboard, bi.fact_action_status_current, bi.dim_action, bi.dim_action_line, bi.dim_municipality,
        bi.bridge_area_membership;
    create view bi.dim_action_line with (security_invoker = true) as
    select distinct on (l.plan, l.number)
        l.plan || '/' || l.number as line_key, l.plan as plan_key, l.number as line_number, l.title_nl, l.title_en, l.is_new,
        l.valid_from, l.valid_to as valid_until, l.source_document, l.source_lines, bi.recorded_at(l.ledger_no) as recorded_at, l.ledger_no
    from known.action_line l
    where l.valid_from is null or l.valid_from <= bi.day()
    order by l.plan, l.number, l.valid_from desc nulls last;
    create view bi.dim_action with (security_invoker = true) as
    select distinct on (a.plan, a.number)
        a.plan || '/' || a.number as action_key, a.plan as plan_key, a.number as action_number,
        a.plan || '/' || a.line as line_key, a.title_nl, a.title_en, a.is_new,
        a.valid_from, a.valid_to as valid_until, a.source_document, a.source_lines, bi.recorded_at(a.ledger_no) as recorded_at, a.ledger_no
    from known.action a
    where a.valid_from is null or a.valid_from <= bi.day()
    order by a.plan, a.number, a.valid_from desc nulls last;
    create view bi.dim_municipality with (security_invoker = true) as
    select m.code || '@' || coalesce(m.valid_from::text, 'start') as municipality_key,
        m.code as municipality_code, m.name, m.label, m.valid_from, m.valid_to as valid_until,
        bi.holds(m.valid_from, m.valid_to) as is_current, t.tile_row, t.tile_column,
        m.source_document, m.source_lines,
        bi.recorded_at(greatest(m.ledger_no, t.ledger_no)) as recorded_at, greatest(m.ledger_no, t.ledger_no) as ledger_no
    from known.municipality m
    left join known.tile t on t.kind = 'MUNICIPALITY' and t.code = m.code;
    create view bi.bridge_area_membership with (security_invoker = true) as
    select m.area || '/' || m.municipality || '@' || coalesce(m.valid_from::text, 'start') as membership_key,
        m.area as area_code, m.municipality as municipality_code, m.valid_from, m.valid_to as valid_until,
        bi.holds(m.valid_from, m.valid_to) as is_current,
        m.source_document, m.source_lines, bi.recorded_at(m.ledger_no) as recorded_at, m.ledger_no
    from known.area_membership m;
    for i in 1..2 loop
        execute format('create view %s with (security_invoker = true) as %s', dependents[i], held[i]);
    end loop;
    grant select on bi.total_dashboard, bi.fact_action_status_current, bi.dim_action, bi.dim_action_line, bi.dim_municipality,
        bi.bridge_area_membership to stm_app, stm_auditor;
end $$;
