-- What must be said with every verdict: that its criteria are a proposal, that nobody checked it.
create function bi.verdict_label(label text, basis text, provisional boolean, is_dutch boolean) returns text
    language sql immutable as $$
    select label
        || case when not provisional then ''
            when is_dutch then ', volgens voorlopige criteria' else ', by provisional criteria' end
        || case when basis <> 'SUBMITTED' then ''
            when is_dutch then ' (niet gecontroleerd)' else ' (not checked)' end
$$;

-- A period is told of on the day, and once it is closed on its last day.
create view bi.period_day with (security_invoker = true) as
select p.key as period_key, p.edition as edition_code, e.state as edition_state, least(bi.day(), p.closes_on) as day,
    greatest(p.ledger_no, e.ledger_no) as ledger_no
from known.reporting_period p
join known.framework_edition e on e.code = p.edition;

create view bi.fact_submission_history with (security_invoker = true) as
select v.municipality as municipality_code, v.period as period_key, v.number as version, v.edition as edition_code,
    v.submitted_at, v.on_time as is_on_time, d.outcome as review_outcome,
    k.label_nl as review_label_nl, k.label_en as review_label_en, d.decided_at,
    bi.recorded_at(greatest(v.ledger_no, d.ledger_no)) as recorded_at, greatest(v.ledger_no, d.ledger_no) as ledger_no
from known.assessment_version v
left join known.review_decision d on d.municipality = v.municipality and d.period = v.period and d.version = v.number
left join bi.dim_code k on k.code_list = 'REVIEW' and k.code = d.outcome;

create view bi.fact_submission_current with (security_invoker = true) as
select m.code as municipality_code, p.period_key, m.label as municipality_name, p.edition_code,
    v.version is not null as is_received, v.version as latest_version, v.submitted_at, v.is_on_time, v.review_outcome,
    v.review_label_nl, v.review_label_en, c.version as confirmed_version, c.decided_at as confirmed_at,
    bi.recorded_at(greatest(m.ledger_no, p.ledger_no, v.ledger_no, c.ledger_no)) as recorded_at,
    greatest(m.ledger_no, p.ledger_no, v.ledger_no, c.ledger_no) as ledger_no
from bi.period_day p
join known.municipality m on (m.valid_from is null or m.valid_from <= p.day) and (m.valid_to is null or m.valid_to > p.day)
left join lateral (
    select h.* from bi.fact_submission_history h
    where h.municipality_code = m.code and h.period_key = p.period_key order by h.version desc limit 1) v on true
left join lateral (
    select h.version, h.decided_at, h.ledger_no from bi.fact_submission_history h
    where h.municipality_code = m.code and h.period_key = p.period_key and h.review_outcome = 'CONFIRMED'
    order by h.version desc limit 1) c on true
where (app_sees_submitted(m.code, p.period_key) or (select app_role()) = 'MINISTRY');

-- A confirmation changes who sees an answer, so it is in the ledger number of the row.
create view bi.fact_answer_history with (security_invoker = true) as
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

-- Per basis the answers of the version that counts: the latest one, and the latest that VNG confirmed.
create view bi.fact_answer_current with (security_invoker = true) as
select h.municipality_code, h.period_key, b.basis, h.criterion_code, h.criterion_key, h.version, h.answer, h.answer_label_nl,
    h.answer_label_en, h.explanation_nl, h.is_confirmed, bi.recorded_at(greatest(h.ledger_no, b.ledger_no)) as recorded_at,
    greatest(h.ledger_no, b.ledger_no) as ledger_no
from (
    select municipality_code, period_key, 'SUBMITTED' as basis, max(version) as version, max(ledger_no) as ledger_no
    from bi.fact_submission_history group by municipality_code, period_key
    union all
    select municipality_code, period_key, 'CONFIRMED', max(version), max(ledger_no)
    from bi.fact_submission_history where review_outcome = 'CONFIRMED' group by municipality_code, period_key) b
join bi.fact_answer_history h
    on h.municipality_code = b.municipality_code and h.period_key = b.period_key and h.version = b.version
where app_sees_verdict(h.municipality_code, h.period_key, b.basis);

-- Spans as they were computed: of one run (its ledger number) from its first day to the end of time. A run after the period
-- had closed stands beside and is counted nowhere.
create view bi.fact_verdict_history with (security_invoker = true) as
select s.municipality as municipality_code, s.period as period_key, s.basis, s.ledger_no as run_ledger_no,
    s.valid_from as verdict_from, s.valid_to as verdict_to, s.is_rerun, s.status,
    bi.verdict_label(k.label_nl, s.basis, (s.grounds ->> 'provisional')::boolean, true) as status_label_nl,
    bi.verdict_label(k.label_en, s.basis, (s.grounds ->> 'provisional')::boolean, false) as status_label_en,
    s.grounds ->> 'edition' as edition_code, (s.grounds ->> 'provisional')::boolean as is_provisional,
    s.version as assessment_version, bi.recorded_at(s.ledger_no) as recorded_at, s.ledger_no
from (
    select municipality, period, basis, ledger_no, valid_from, valid_to, status, grounds, version, false as is_rerun
    from known.verdict_span
    union all
    select municipality, period, basis, ledger_no, valid_from, valid_to, status, grounds, version, true
    from known.verdict_rerun) s
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = s.status;

create view bi.fact_verdict_current with (security_invoker = true) as
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

-- National totals: VNG's, and the ministry's. The service says in app.purpose that it counts.
create view bi.total_compliance with (security_invoker = true) as
with latest as (
    select distinct on (s.municipality, s.period, s.basis) s.municipality, s.period, s.basis, s.status, s.ledger_no
    from known.verdict_span s
    join bi.period_day p on p.period_key = s.period
    where s.valid_from <= p.day
    order by s.municipality, s.period, s.basis, s.ledger_no desc, s.valid_from desc
),
told as (
    select p.period_key, b.basis, coalesce(l.status, 'NOT_ASSESSED') as status, greatest(l.ledger_no, m.ledger_no) as ledger_no
    from bi.period_day p
    join known.municipality m on (m.valid_from is null or m.valid_from <= p.day) and (m.valid_to is null or m.valid_to > p.day)
    cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
    left join latest l on l.municipality = m.code and l.period = p.period_key and l.basis = b.basis
)
select p.period_key, n.basis, c.code as status, c.position as status_position,
    bi.verdict_label(c.label_nl, n.basis, p.edition_state <> 'ENDORSED', true) as status_label_nl,
    bi.verdict_label(c.label_en, n.basis, p.edition_state <> 'ENDORSED', false) as status_label_en,
    p.edition_code, p.edition_state <> 'ENDORSED' as is_provisional, p.day as reference_day,
    (select count(*) from told t where t.period_key = p.period_key and t.basis = n.basis and t.status = c.code) as municipality_count,
    n.municipalities, bi.recorded_at(greatest(n.ledger_no, p.ledger_no)) as recorded_at,
    greatest(n.ledger_no, p.ledger_no) as ledger_no
from bi.period_day p
join bi.dim_code c on c.code_list = 'VERDICT_STATUS'
join (
    select period_key, basis, count(*) as municipalities, max(ledger_no) as ledger_no from told group by period_key, basis) n
    on n.period_key = p.period_key
where (select app_role()) in ('VNG', 'MINISTRY', 'SYSTEM');

grant select on all tables in schema bi to stm_app, stm_auditor;

-- down
drop view bi.total_compliance, bi.fact_verdict_current, bi.fact_verdict_history, bi.fact_answer_current, bi.fact_answer_history,
    bi.fact_submission_current, bi.fact_submission_history, bi.period_day;
drop function bi.verdict_label;
