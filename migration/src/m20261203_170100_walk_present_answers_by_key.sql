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

-- No page is looked up by the number of the ledger, up to which nearly all answers are known: its index only costs, above all where the answers
-- of one version are read. With `+ 0` it is left alone.
create or replace view bi.fact_answer_history with (security_invoker = true) as
select a.municipality as municipality_code, a.period as period_key, a.version, a.criterion as criterion_code,
    v.edition || '/' || a.criterion as criterion_key, a.answer,
    (select jsonb_object_agg(k.code, k.label_nl) from bi.dim_code k where k.code_list = 'ANSWER') ->> a.answer as answer_label_nl,
    (select jsonb_object_agg(k.code, k.label_en) from bi.dim_code k where k.code_list = 'ANSWER') ->> a.answer as answer_label_en,
    case when x.redacted_by is null then x.body end as explanation_nl,
    coalesce(v.outcome = 'CONFIRMED', false) as is_confirmed,
    case when greatest(a.ledger_no, v.ledger_no, x.redacted_by) = v.ledger_no then v.recorded_at
        else bi.recorded_at(greatest(a.ledger_no, v.ledger_no, x.redacted_by)) end as recorded_at,
    greatest(a.ledger_no, v.ledger_no, x.redacted_by) as ledger_no
from fact.answer a
left join lateral (
    select max(v.edition) as edition, max(d.outcome) as outcome, max(greatest(v.ledger_no, d.ledger_no)) as ledger_no,
        (select i.recorded_at from ledger_instant i where i.number >= max(greatest(v.ledger_no, d.ledger_no))
            order by i.number limit 1) as recorded_at
    from known.assessment_version v
    left join known.review_decision d on d.municipality = v.municipality and d.period = v.period and d.version = v.number
    where v.municipality = a.municipality and v.period = a.period and v.number = a.version) v on true
left join lateral (
    select max(x.body) as body, max(x.redacted_by) as redacted_by from free_text x where x.id = a.explanation_text) x on true
where a.ledger_no + 0 <= (select current_setting('app.ledger_no')::bigint);

-- down
create or replace view bi.fact_answer_history with (security_invoker = true) as
select a.municipality as municipality_code, a.period as period_key, a.version, a.criterion as criterion_code,
    v.edition || '/' || a.criterion as criterion_key, a.answer,
    (select jsonb_object_agg(k.code, k.label_nl) from bi.dim_code k where k.code_list = 'ANSWER') ->> a.answer as answer_label_nl,
    (select jsonb_object_agg(k.code, k.label_en) from bi.dim_code k where k.code_list = 'ANSWER') ->> a.answer as answer_label_en,
    case when x.redacted_by is null then x.body end as explanation_nl,
    coalesce(v.outcome = 'CONFIRMED', false) as is_confirmed,
    case when greatest(a.ledger_no, v.ledger_no, x.redacted_by) = v.ledger_no then v.recorded_at
        else bi.recorded_at(greatest(a.ledger_no, v.ledger_no, x.redacted_by)) end as recorded_at,
    greatest(a.ledger_no, v.ledger_no, x.redacted_by) as ledger_no
from fact.answer a
left join lateral (
    select max(v.edition) as edition, max(d.outcome) as outcome, max(greatest(v.ledger_no, d.ledger_no)) as ledger_no,
        (select i.recorded_at from ledger_instant i where i.number >= max(greatest(v.ledger_no, d.ledger_no))
            order by i.number limit 1) as recorded_at
    from known.assessment_version v
    left join known.review_decision d on d.municipality = v.municipality and d.period = v.period and d.version = v.number
    where v.municipality = a.municipality and v.period = a.period and v.number = a.version) v on true
left join lateral (
    select max(x.body) as body, max(x.redacted_by) as redacted_by from free_text x where x.id = a.explanation_text) x on true
where a.ledger_no <= (select current_setting('app.ledger_no')::bigint);
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
