-- A page of answers looks up what is beside each answer without calling a function: the instant of the version is read where it stands, and
-- the words for the few answers there are, are read once for the page.
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

-- down
create or replace view bi.fact_answer_history with (security_invoker = true) as
select a.municipality as municipality_code, a.period as period_key, a.version, a.criterion as criterion_code,
    v.edition || '/' || a.criterion as criterion_key, a.answer, k.label_nl as answer_label_nl, k.label_en as answer_label_en,
    case when x.redacted_by is null then x.body end as explanation_nl,
    coalesce(v.outcome = 'CONFIRMED', false) as is_confirmed,
    case when greatest(a.ledger_no, v.decided_by, x.redacted_by) = v.ledger_no then v.recorded_at
        else bi.recorded_at(greatest(a.ledger_no, v.decided_by, x.redacted_by)) end as recorded_at,
    greatest(a.ledger_no, v.decided_by, x.redacted_by) as ledger_no
from fact.answer a
left join lateral (
    select max(v.edition) as edition, max(d.outcome) as outcome, max(d.ledger_no) as decided_by,
        max(greatest(v.ledger_no, d.ledger_no)) as ledger_no, max(bi.recorded_at(greatest(v.ledger_no, d.ledger_no))) as recorded_at
    from known.assessment_version v
    left join known.review_decision d on d.municipality = v.municipality and d.period = v.period and d.version = v.number
    where v.municipality = a.municipality and v.period = a.period and v.number = a.version) v on true
left join lateral (
    select max(x.body) as body, max(x.redacted_by) as redacted_by from free_text x where x.id = a.explanation_text) x on true
left join (
    select code, max(label_nl) as label_nl, max(label_en) as label_en from bi.dim_code where code_list = 'ANSWER' group by code) k
    on k.code = a.answer
where a.ledger_no <= (select current_setting('app.ledger_no')::bigint);
