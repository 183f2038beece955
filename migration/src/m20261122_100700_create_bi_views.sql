create schema bi;
grant usage on schema bi to stm_app, stm_auditor;

-- Grain: one row per municipality that exists on the day, reporting period and basis, as far as the reader sees it.
create view bi.fact_verdict with (security_invoker = true) as
with latest as (
    select distinct on (s.municipality, s.period, s.basis)
        s.municipality, s.period, s.basis, s.status, s.version, s.valid_from, s.ledger_no
    from known.verdict_span s
    where s.valid_from <= current_setting('app.day')::date
    order by s.municipality, s.period, s.basis, s.ledger_no desc, s.valid_from desc
)
select m.code as municipality_code,
    m.label as municipality_name,
    p.key as period_key,
    b.basis,
    coalesce(l.status, 'NOT_ASSESSED') as status,
    e.code as edition_code,
    e.state as edition_state,
    l.version as assessment_version,
    l.valid_from as verdict_from,
    greatest(l.ledger_no, m.ledger_no, p.ledger_no, e.ledger_no) as ledger_no
from known.municipality m
cross join known.reporting_period p
cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
join known.framework_edition e on e.code = p.edition
left join latest l on l.municipality = m.code and l.period = p.key and l.basis = b.basis
where (m.valid_from is null or m.valid_from <= current_setting('app.day')::date)
  and (m.valid_to is null or m.valid_to > current_setting('app.day')::date)
  and app_sees_verdict(m.code, p.key, b.basis);
grant select on bi.fact_verdict to stm_app, stm_auditor;

-- down
drop view bi.fact_verdict;
drop schema bi;
