-- Where a municipality lies stands beside it: on the day, or on the last day on which it existed when that is over, or on its first.
create or replace view bi.dim_municipality with (security_invoker = true) as
with lies_in as (
    select distinct on (m.code, m.valid_from, a.kind) m.code as municipality, m.valid_from, a.kind, a.code, a.name,
        greatest(a.ledger_no, l.ledger_no) as ledger_no
    from (
        select code, valid_from, case when valid_to <= bi.day() then valid_to - 1 else greatest(valid_from, bi.day()) end as day
        from known.municipality) m
    join known.area_membership l on l.municipality = m.code
        and (l.valid_from is null or l.valid_from <= m.day) and (l.valid_to is null or l.valid_to > m.day)
    join known.area a on a.code = l.area and a.kind in ('PROVINCE', 'SAFETY_REGION')
    order by m.code, m.valid_from, a.kind, l.valid_from desc nulls last, a.code
)
select m.code || '@' || coalesce(m.valid_from::text, 'start') as municipality_key,
    m.code as municipality_code, m.name, m.label, m.valid_from, m.valid_to as valid_until,
    bi.holds(m.valid_from, m.valid_to) as is_current, t.tile_row, t.tile_column,
    m.source_document, m.source_lines,
    bi.recorded_at(greatest(m.ledger_no, t.ledger_no, p.ledger_no, s.ledger_no)) as recorded_at,
    greatest(m.ledger_no, t.ledger_no, p.ledger_no, s.ledger_no) as ledger_no,
    coalesce(m.valid_from, date '0001-01-01') as joins_from, coalesce(m.valid_to, date '9999-12-31') as joins_until,
    p.code as province_code, p.name as province_name, s.code as safety_region_code, s.name as safety_region_name
from known.municipality m
left join known.tile t on t.kind = 'MUNICIPALITY' and t.code = m.code
left join lies_in p on p.kind = 'PROVINCE' and p.municipality = m.code and p.valid_from is not distinct from m.valid_from
left join lies_in s on s.kind = 'SAFETY_REGION' and s.municipality = m.code and s.valid_from is not distinct from m.valid_from;

-- The number of all municipalities is the same in each row of a period and basis, and called so that nobody adds it up.
alter view bi.total_compliance rename column municipalities to country_municipality_count;

-- down
alter view bi.total_compliance rename column country_municipality_count to municipalities;
drop view bi.dim_municipality;
create view bi.dim_municipality with (security_invoker = true) as
select m.code || '@' || coalesce(m.valid_from::text, 'start') as municipality_key,
    m.code as municipality_code, m.name, m.label, m.valid_from, m.valid_to as valid_until,
    bi.holds(m.valid_from, m.valid_to) as is_current, t.tile_row, t.tile_column,
    m.source_document, m.source_lines,
    bi.recorded_at(greatest(m.ledger_no, t.ledger_no)) as recorded_at, greatest(m.ledger_no, t.ledger_no) as ledger_no,
    coalesce(m.valid_from, date '0001-01-01') as joins_from, coalesce(m.valid_to, date '9999-12-31') as joins_until
from known.municipality m
left join known.tile t on t.kind = 'MUNICIPALITY' and t.code = m.code;
grant select on bi.dim_municipality to stm_app, stm_auditor;
