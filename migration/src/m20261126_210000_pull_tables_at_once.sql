-- At a hundred versions of each municipality a page of answers took 0.6 s and one of the answers that count longer than a statement may.
-- What is beside a row is looked up by its index, once for as many rows as ask for the same, instead of being gathered for the whole
-- country; as an aggregate without groups, so that the planner knows that it is one row and leaves it out where rows are counted.

-- Decisions and verdicts are final, as versions and their answers are: no row takes the place of another, so none is looked for.
create or replace view known.review_decision with (security_invoker = true) as
    select f.* from fact.review_decision f where f.ledger_no <= current_setting('app.ledger_no')::bigint;
create or replace view known.verdict_span with (security_invoker = true) as
    select f.* from fact.verdict_span f where f.ledger_no <= current_setting('app.ledger_no')::bigint;
create or replace view known.verdict_rerun with (security_invoker = true) as
    select f.* from fact.verdict_rerun f where f.ledger_no <= current_setting('app.ledger_no')::bigint;

create or replace view bi.fact_answer_history with (security_invoker = true) as
select a.municipality as municipality_code, a.period as period_key, a.version, a.criterion as criterion_code,
    v.edition || '/' || a.criterion as criterion_key, a.answer, k.label_nl as answer_label_nl, k.label_en as answer_label_en,
    case when x.redacted_by is null then x.body end as explanation_nl,
    coalesce(d.outcome = 'CONFIRMED', false) as is_confirmed,
    bi.recorded_at(greatest(a.ledger_no, d.ledger_no, x.redacted_by)) as recorded_at,
    greatest(a.ledger_no, d.ledger_no, x.redacted_by) as ledger_no
from known.answer a
left join lateral (
    select max(v.edition) as edition from known.assessment_version v
    where v.municipality = a.municipality and v.period = a.period and v.number = a.version) v on true
left join lateral (
    select max(d.outcome) as outcome, max(d.ledger_no) as ledger_no from known.review_decision d
    where d.municipality = a.municipality and d.period = a.period and d.version = a.version) d on true
left join lateral (
    select max(x.body) as body, max(x.redacted_by) as redacted_by from free_text x where x.id = a.explanation_text) x on true
left join (
    select code, max(label_nl) as label_nl, max(label_en) as label_en from bi.dim_code where code_list = 'ANSWER' group by code) k
    on k.code = a.answer;

-- The key is that of the versions and not of their answers: after which key a page begins is not to be looked for in the index of
-- answers, where each version is looked up.
-- The ministry sees the answers of a version once it is confirmed, and as confirmed alone; what else a role sees is said by the rows.
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

create or replace view bi.fact_verdict_current with (security_invoker = true) as
select v.municipality_code, v.period_key, v.basis, v.municipality_name, v.status,
    bi.verdict_label(k.label_nl, v.basis, v.is_provisional, true) as status_label_nl,
    bi.verdict_label(k.label_en, v.basis, v.is_provisional, false) as status_label_en,
    v.edition_code, v.is_provisional, v.assessment_version, v.verdict_from, bi.recorded_at(v.ledger_no) as recorded_at, v.ledger_no
from (
    select m.code as municipality_code, p.period_key, b.basis, m.label as municipality_name,
        coalesce(l.status, 'NOT_ASSESSED') as status, p.edition_code,
        coalesce(l.provisional, p.edition_state <> 'ENDORSED') as is_provisional,
        l.version as assessment_version, l.valid_from as verdict_from,
        greatest(l.ledger_no, m.ledger_no, p.ledger_no) as ledger_no
    from bi.period_day p
    join known.municipality m on (m.valid_from is null or m.valid_from <= p.day) and (m.valid_to is null or m.valid_to > p.day)
    cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
    left join lateral (
        select s.status, s.version, s.valid_from, s.ledger_no, (s.grounds ->> 'provisional')::boolean as provisional
        from known.verdict_span s
        where s.municipality = m.code and s.period = p.period_key and s.basis = b.basis and s.valid_from <= p.day
        order by s.ledger_no desc, s.valid_from desc limit 1) l on true
    where (select app_role()) in ('VNG', 'SYSTEM')
       or ((select app_role()) = 'MINISTRY'
           and (b.basis = 'CONFIRMED' or (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS'))
       or ((select app_role()) in ('MUNICIPALITY', 'REGION')
           and (m.code = any ((select app_municipalities())::text[])
               or m.code || '/' || p.period_key = any ((select app_subjects())::text[])))) v
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;

-- down
create or replace view bi.fact_verdict_current with (security_invoker = true) as
with latest as (
    select distinct on (s.municipality, s.period, s.basis)
        s.municipality, s.period, s.basis, s.status, s.version, s.valid_from, s.ledger_no,
        (s.grounds ->> 'provisional')::boolean as provisional
    from known.verdict_span s
    join bi.period_day p on p.period_key = s.period
    where s.valid_from <= p.day
    order by s.municipality, s.period, s.basis, s.ledger_no desc, s.valid_from desc
)
select v.municipality_code, v.period_key, v.basis, v.municipality_name, v.status,
    bi.verdict_label(k.label_nl, v.basis, v.is_provisional, true) as status_label_nl,
    bi.verdict_label(k.label_en, v.basis, v.is_provisional, false) as status_label_en,
    v.edition_code, v.is_provisional, v.assessment_version, v.verdict_from, bi.recorded_at(v.ledger_no) as recorded_at, v.ledger_no
from (
    select m.code as municipality_code, p.period_key, b.basis, m.label as municipality_name,
        coalesce(l.status, 'NOT_ASSESSED') as status, p.edition_code,
        coalesce(l.provisional, p.edition_state <> 'ENDORSED') as is_provisional,
        l.version as assessment_version, l.valid_from as verdict_from,
        greatest(l.ledger_no, m.ledger_no, p.ledger_no) as ledger_no
    from bi.period_day p
    join known.municipality m on (m.valid_from is null or m.valid_from <= p.day) and (m.valid_to is null or m.valid_to > p.day)
    cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
    left join latest l on l.municipality = m.code and l.period = p.period_key and l.basis = b.basis
    where app_sees_verdict(m.code, p.period_key, b.basis)) v
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;
create or replace view bi.fact_answer_current with (security_invoker = true) as
select h.municipality_code, h.period_key, b.basis, h.criterion_code, h.criterion_key, h.version, h.answer, h.answer_label_nl,
    h.answer_label_en, h.explanation_nl, h.is_confirmed, bi.recorded_at(greatest(h.ledger_no, b.ledger_no)) as recorded_at,
    greatest(h.ledger_no, b.ledger_no) as ledger_no
from (
    select municipality_code, period_key, 'SUBMITTED' as basis, max(version) as version, max(ledger_no) as ledger_no
    from bi.fact_submission_history where withdrawn_at is null group by municipality_code, period_key
    union all
    select municipality_code, period_key, 'CONFIRMED', max(version), max(ledger_no)
    from bi.fact_submission_history where review_outcome = 'CONFIRMED' and withdrawn_at is null group by municipality_code, period_key) b
join bi.fact_answer_history h
    on h.municipality_code = b.municipality_code and h.period_key = b.period_key and h.version = b.version
where app_sees_verdict(h.municipality_code, h.period_key, b.basis);
create or replace view bi.fact_answer_history with (security_invoker = true) as
select a.municipality as municipality_code, a.period as period_key, a.version, a.criterion as criterion_code,
    (select v.edition from known.assessment_version v
     where v.municipality = a.municipality and v.period = a.period and v.number = a.version) || '/' || a.criterion as criterion_key,
    a.answer, k.label_nl as answer_label_nl, k.label_en as answer_label_en,
    case when a.explanation_text is not null then
        (select x.body from free_text x where x.id = a.explanation_text and x.redacted_by is null) end as explanation_nl,
    coalesce(d.is_confirmed, false) as is_confirmed,
    bi.recorded_at(greatest(a.ledger_no, d.ledger_no, case when a.explanation_text is not null then
        (select x.redacted_by from free_text x where x.id = a.explanation_text) end)) as recorded_at,
    greatest(a.ledger_no, d.ledger_no, case when a.explanation_text is not null then
        (select x.redacted_by from free_text x where x.id = a.explanation_text) end) as ledger_no
from known.answer a
left join (
    select municipality, period, version, bool_or(outcome = 'CONFIRMED') as is_confirmed, max(ledger_no) as ledger_no
    from known.review_decision group by municipality, period, version) d
    on d.municipality = a.municipality and d.period = a.period and d.version = a.version
left join (
    select code, max(label_nl) as label_nl, max(label_en) as label_en from bi.dim_code where code_list = 'ANSWER' group by code) k
    on k.code = a.answer;
create or replace view known.verdict_rerun with (security_invoker = true) as
    select f.* from fact.verdict_rerun f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.verdict_rerun c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
create or replace view known.verdict_span with (security_invoker = true) as
    select f.* from fact.verdict_span f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.verdict_span c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
create or replace view known.review_decision with (security_invoker = true) as
    select f.* from fact.review_decision f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.review_decision c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
