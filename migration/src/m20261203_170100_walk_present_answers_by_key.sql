-- A page of the answers that count now is read from where it begins: the versions that count come in the order of municipality, period and
-- basis, and the answers of each are read as the page comes to them, so that a page ends as soon as it is full. Before, all answers that count
-- were read and sorted for each page. The answers stay behind `offset 0`: the planner takes the three parts of their key for independent, and
-- so expects one row where 22 come, and would sort all of them once more.
create or replace view bi.fact_answer_current with (security_invoker = true) as
select c.municipality as municipality_code, c.period as period_key, c.basis, h.criterion_code, h.criterion_key, h.version, h.answer,
    h.answer_label_nl, h.answer_label_en, h.explanation_nl, h.is_confirmed,
    case when h.ledger_no >= c.ledger_no then h.recorded_at else bi.recorded_at(c.ledger_no) end as recorded_at,
    greatest(h.ledger_no, c.ledger_no) as ledger_no
from (
    select s.municipality, s.period, v.basis, v.version, v.ledger_no
    from (
        select m.code as municipality, p.key as period from known.municipality m cross join known.reporting_period p
        group by m.code, p.key) s
    cross join lateral (
        select 'CONFIRMED' as basis, d.version, d.ledger_no
        from (
            select d.version, d.ledger_no from known.review_decision d
            where d.municipality = s.municipality and d.period = s.period and d.outcome = 'CONFIRMED'
              and not exists (select from known.assessment_withdrawal w
                where w.municipality = s.municipality and w.period = s.period and w.version = d.version)
            order by d.version desc limit 1) d
        union all
        select 'SUBMITTED', v.number, v.ledger_no
        from (
            select v.number, v.ledger_no from known.assessment_version v
            where v.municipality = s.municipality and v.period = s.period
              and not exists (select from known.assessment_withdrawal w
                where w.municipality = s.municipality and w.period = s.period and w.version = v.number)
            order by v.number desc limit 1) v
        where (select app_role()) <> 'MINISTRY') v
    order by s.municipality, s.period, v.basis) c
cross join lateral (
    select h.* from bi.fact_answer_history h
    where h.municipality_code = c.municipality and h.period_key = c.period and h.version = c.version
    offset 0) h;

-- down
create or replace view bi.fact_answer_current with (security_invoker = true) as
select c.municipality as municipality_code, c.period as period_key, c.basis, h.criterion_code, h.criterion_key, h.version, h.answer, h.answer_label_nl,
    h.answer_label_en, h.explanation_nl, h.is_confirmed, bi.recorded_at(greatest(h.ledger_no, c.ledger_no)) as recorded_at,
    greatest(h.ledger_no, c.ledger_no) as ledger_no
from (
    select s.municipality, s.period, 'SUBMITTED' as basis, v.number as version, v.ledger_no
    from (select distinct m.code as municipality, p.key as period from known.municipality m cross join known.reporting_period p) s
    cross join lateral (
        select v.number, v.ledger_no from known.assessment_version v
        where v.municipality = s.municipality and v.period = s.period
          and not exists (select from known.assessment_withdrawal w
            where w.municipality = v.municipality and w.period = v.period and w.version = v.number)
        order by v.number desc limit 1) v
    where (select app_role()) <> 'MINISTRY'
    union all
    select s.municipality, s.period, 'CONFIRMED', d.version, d.ledger_no
    from (select distinct m.code as municipality, p.key as period from known.municipality m cross join known.reporting_period p) s
    cross join lateral (
        select d.version, d.ledger_no from known.review_decision d
        where d.municipality = s.municipality and d.period = s.period and d.outcome = 'CONFIRMED'
          and not exists (select from known.assessment_withdrawal w
            where w.municipality = d.municipality and w.period = d.period and w.version = d.version)
        order by d.version desc limit 1) d) c
join bi.fact_answer_history h
    on h.municipality_code = c.municipality and h.period_key = c.period and h.version = c.version;
