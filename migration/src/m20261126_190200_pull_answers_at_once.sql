-- A feed reads all answers of all versions, page after page. At a hundred versions of each municipality the page took 18 s and the
-- number of rows as long; of that what follows leaves 33 ms and 0.8 s.

-- The same as app_sees_submitted says, written out: a function with a query in it is not inlined.
drop policy app_reads on fact.answer;
create policy app_reads on fact.answer for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[])))
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = answer.municipality and d.period = answer.period
          and d.version = answer.version and d.outcome = 'CONFIRMED')));
drop policy app_reads on fact.review_decision;
create policy app_reads on fact.review_decision for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[]))));

-- Versions and their answers are final: no row takes the place of another, so none is looked for.
create or replace view known.answer with (security_invoker = true) as
    select f.* from fact.answer f where f.ledger_no <= current_setting('app.ledger_no')::bigint;
create or replace view known.assessment_version with (security_invoker = true) as
    select f.* from fact.assessment_version f where f.ledger_no <= current_setting('app.ledger_no')::bigint;

-- Rows come in the order of the key of answers, and whatever is beside them is looked up once they are chosen: an inner join would let
-- the planner begin with the versions, of which it cannot know where a page begins. What is grouped is known to be there once, and
-- is left out where only rows are counted. An answer comes in with the entry of its version.
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

-- down
create or replace view bi.fact_answer_history with (security_invoker = true) as
select a.municipality as municipality_code, a.period as period_key, a.version, a.criterion as criterion_code,
    v.edition || '/' || a.criterion as criterion_key, a.answer, k.label_nl as answer_label_nl, k.label_en as answer_label_en,
    case when x.redacted_by is null then x.body end as explanation_nl,
    coalesce(d.outcome = 'CONFIRMED', false) as is_confirmed,
    bi.recorded_at(greatest(a.ledger_no, v.ledger_no, d.ledger_no, x.redacted_by)) as recorded_at,
    greatest(a.ledger_no, v.ledger_no, d.ledger_no, x.redacted_by) as ledger_no
from known.answer a
join known.assessment_version v on v.municipality = a.municipality and v.period = a.period and v.number = a.version
left join known.review_decision d on d.municipality = a.municipality and d.period = a.period and d.version = a.version
left join free_text x on x.id = a.explanation_text
left join bi.dim_code k on k.code_list = 'ANSWER' and k.code = a.answer;
create or replace view known.assessment_version with (security_invoker = true) as
    select f.* from fact.assessment_version f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.assessment_version c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
create or replace view known.answer with (security_invoker = true) as
    select f.* from fact.answer f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.answer c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
drop policy app_reads on fact.review_decision;
create policy app_reads on fact.review_decision for select to stm_app using (
    app_sees_submitted(municipality, period) or (select app_role()) = 'MINISTRY');
drop policy app_reads on fact.answer;
create policy app_reads on fact.answer for select to stm_app using (
    app_sees_submitted(municipality, period)
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = answer.municipality and d.period = answer.period
          and d.version = answer.version and d.outcome = 'CONFIRMED')));
