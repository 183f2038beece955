-- A page of answers, or of verdicts, begins after a key and is walked by the index of that key: nothing is sorted.
--
-- What is beside an answer is that of its version, so it is looked up once for all 22 and in one place, with the instant at which it was
-- recorded: to look that up for each row cost more than all the rest of a page. An answer comes in with the entry of its version; where
-- something about the answer alone came later, its instant is looked up by itself. As before an aggregate without groups, so that the planner
-- knows that it is one row and leaves it out where rows are counted. Up to which number answers are known is read once and not per answer.
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

-- What is known is asked of both tables together: of each by itself it would part them, and an order of both be made by sorting them. Verdicts
-- are final, so no row takes the place of another. The grounds lie compressed: they are unpacked once for a row and not for each part of them.
create or replace view bi.fact_verdict_history with (security_invoker = true) as
select s.municipality as municipality_code, s.period as period_key, s.basis, s.ledger_no as run_ledger_no,
    s.valid_from as verdict_from, s.valid_to as verdict_to, s.is_rerun, s.status,
    bi.verdict_label(k.label_nl, s.basis, g.provisional, true) as status_label_nl,
    bi.verdict_label(k.label_en, s.basis, g.provisional, false) as status_label_en,
    g.edition as edition_code, g.provisional as is_provisional,
    s.version as assessment_version, bi.recorded_at(s.ledger_no) as recorded_at, s.ledger_no, g.rule_set as rule_set
from (
    select municipality, period, basis, ledger_no, valid_from, valid_to, status, grounds, version, false as is_rerun
    from fact.verdict_span
    union all
    select municipality, period, basis, ledger_no, valid_from, valid_to, status, grounds, version, true
    from fact.verdict_rerun) s
left join lateral (
    select of.grounds ->> 'edition' as edition, (of.grounds ->> 'provisional')::boolean as provisional, of.grounds ->> 'rule_set' as rule_set
    from (select s.grounds || '{}'::jsonb as grounds offset 0) of) g on true
left join (
    select code, max(label_nl) as label_nl, max(label_en) as label_en from bi.dim_code where code_list = 'VERDICT_STATUS' group by code) k
    on k.code = s.status
where s.ledger_no <= current_setting('app.ledger_no')::bigint;

-- down
create or replace view bi.fact_verdict_history with (security_invoker = true) as
select s.municipality as municipality_code, s.period as period_key, s.basis, s.ledger_no as run_ledger_no,
    s.valid_from as verdict_from, s.valid_to as verdict_to, s.is_rerun, s.status,
    bi.verdict_label(k.label_nl, s.basis, (s.grounds ->> 'provisional')::boolean, true) as status_label_nl,
    bi.verdict_label(k.label_en, s.basis, (s.grounds ->> 'provisional')::boolean, false) as status_label_en,
    s.grounds ->> 'edition' as edition_code, (s.grounds ->> 'provisional')::boolean as is_provisional,
    s.version as assessment_version, bi.recorded_at(s.ledger_no) as recorded_at, s.ledger_no, s.grounds ->> 'rule_set' as rule_set
from (
    select municipality, period, basis, ledger_no, valid_from, valid_to, status, grounds, version, false as is_rerun
    from known.verdict_span
    union all
    select municipality, period, basis, ledger_no, valid_from, valid_to, status, grounds, version, true
    from known.verdict_rerun) s
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = s.status;
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
