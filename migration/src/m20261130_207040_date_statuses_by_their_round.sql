-- A status has a day where its round has one, and else the interval of its round. One that was reported here has a source too: who
-- reported it, when, and why it was corrected.
create or replace view bi.fact_action_status_history with (security_invoker = true) as
select t.plan || '/' || t.action as action_key, t.round as round_key, t.plan as plan_key,
    t.monitoring, m.label_nl as monitoring_label_nl, m.label_en as monitoring_label_en,
    t.status, s.label_nl as status_label_nl, s.label_en as status_label_en, case when r.date_earliest = r.date_latest then r.date_latest end as status_on,
    case when x.redacted_by is null then x.body end as explanation_nl,
    t.delay_amount_text as delay_amount_nl, t.delay_cause_nl, t.delay_cause_state,
    t.source_document, t.source_lines,
    bi.recorded_at(greatest(t.ledger_no, r.ledger_no, x.redacted_by)) as recorded_at,
    greatest(t.ledger_no, r.ledger_no, x.redacted_by) as ledger_no,
    r.date_earliest as status_earliest, r.date_latest as status_latest, t.reported_by,
    case when t.reported_by is not null
        then (bi.recorded_at(t.ledger_no) at time zone 'Europe/Amsterdam')::date end as reported_on,
    case when t.reported_by is not null and t.corrects is not null then t.note end as correction_reason_nl
from (
    select plan, action, round, 'REPORTED' as monitoring, status, explanation_text, delay_amount_text, delay_cause_nl,
        delay_cause_state, source_document, source_lines, ledger_no, reported_by, corrects, note
    from known.status_report
    union all
    select e.plan, e.action, e.round, 'OUTSIDE_ROUND', null, null, null, null, null, e.source_document, e.source_lines, e.ledger_no,
        null, null, null
    from known.round_exclusion e
    where not exists (
        select from known.status_report s where s.round = e.round and s.plan = e.plan and s.action = e.action)) t
join known.monitoring_round r on r.key = t.round and r.state = 'CLOSED'
left join free_text x on x.id = t.explanation_text
left join bi.dim_code m on m.code_list = 'MONITORING' and m.code = t.monitoring
left join bi.dim_code s on s.code_list = 'ACTION_STATUS' and s.code = t.status;

create or replace view bi.fact_action_status_current with (security_invoker = true) as
select a.action_key, l.key as round_key, a.plan_key, a.line_key, coalesce(h.monitoring, 'NO_REPORT') as monitoring,
    m.label_nl as monitoring_label_nl, m.label_en as monitoring_label_en, h.status, h.status_label_nl, h.status_label_en,
    case when l.date_earliest = l.date_latest then l.date_latest end as status_on, h.explanation_nl, h.delay_amount_nl, h.delay_cause_nl, h.delay_cause_state,
    h.source_document, h.source_lines,
    bi.recorded_at(greatest(a.ledger_no, l.ledger_no, h.ledger_no)) as recorded_at,
    greatest(a.ledger_no, l.ledger_no, h.ledger_no) as ledger_no,
    l.date_earliest as status_earliest, l.date_latest as status_latest, h.reported_by, h.reported_on, h.correction_reason_nl
from bi.dim_action a
join (
    select distinct on (r.plan) r.plan, r.key, r.date_earliest, r.date_latest, r.ledger_no from known.monitoring_round r
    where r.state = 'CLOSED' and r.date_latest <= bi.day()
    order by r.plan, r.date_latest desc, r.key desc) l on l.plan = a.plan_key
left join bi.fact_action_status_history h on h.action_key = a.action_key and h.round_key = l.key
left join bi.dim_code m on m.code_list = 'MONITORING' and m.code = coalesce(h.monitoring, 'NO_REPORT');

-- On which day a status was reported here.
create view known.status_origin with (security_invoker = true) as
select s.id, s.ledger_no, (bi.recorded_at(s.ledger_no) at time zone 'Europe/Amsterdam')::date as reported_on
from known.status_report s where s.reported_by is not null;
grant select on known.status_origin to stm_app, stm_auditor;

-- down
drop view known.status_origin;
drop view bi.total_dashboard, bi.fact_action_status_current, bi.fact_action_status_history;
create view bi.fact_action_status_history with (security_invoker = true) as
select t.plan || '/' || t.action as action_key, t.round as round_key, t.plan as plan_key,
    t.monitoring, m.label_nl as monitoring_label_nl, m.label_en as monitoring_label_en,
    t.status, s.label_nl as status_label_nl, s.label_en as status_label_en, r.date_latest as status_on,
    case when x.redacted_by is null then x.body end as explanation_nl,
    t.delay_amount_text as delay_amount_nl, t.delay_cause_nl, t.delay_cause_state,
    t.source_document, t.source_lines,
    bi.recorded_at(greatest(t.ledger_no, r.ledger_no, x.redacted_by)) as recorded_at,
    greatest(t.ledger_no, r.ledger_no, x.redacted_by) as ledger_no
from (
    select plan, action, round, 'REPORTED' as monitoring, status, explanation_text, delay_amount_text, delay_cause_nl,
        delay_cause_state, source_document, source_lines, ledger_no
    from known.status_report
    union all
    select e.plan, e.action, e.round, 'OUTSIDE_ROUND', null, null, null, null, null, e.source_document, e.source_lines, e.ledger_no
    from known.round_exclusion e
    where not exists (
        select from known.status_report s where s.round = e.round and s.plan = e.plan and s.action = e.action)) t
join known.monitoring_round r on r.key = t.round and r.state = 'CLOSED'
left join free_text x on x.id = t.explanation_text
left join bi.dim_code m on m.code_list = 'MONITORING' and m.code = t.monitoring
left join bi.dim_code s on s.code_list = 'ACTION_STATUS' and s.code = t.status;
create view bi.fact_action_status_current with (security_invoker = true) as
select a.action_key, l.key as round_key, a.plan_key, a.line_key, coalesce(h.monitoring, 'NO_REPORT') as monitoring,
    m.label_nl as monitoring_label_nl, m.label_en as monitoring_label_en, h.status, h.status_label_nl, h.status_label_en,
    l.date_latest as status_on, h.explanation_nl, h.delay_amount_nl, h.delay_cause_nl, h.delay_cause_state,
    h.source_document, h.source_lines,
    bi.recorded_at(greatest(a.ledger_no, l.ledger_no, h.ledger_no)) as recorded_at,
    greatest(a.ledger_no, l.ledger_no, h.ledger_no) as ledger_no
from bi.dim_action a
join (
    select distinct on (r.plan) r.plan, r.key, r.date_latest, r.ledger_no from known.monitoring_round r
    where r.state = 'CLOSED' and r.date_latest <= bi.day()
    order by r.plan, r.date_latest desc, r.key desc) l on l.plan = a.plan_key
left join bi.fact_action_status_history h on h.action_key = a.action_key and h.round_key = l.key
left join bi.dim_code m on m.code_list = 'MONITORING' and m.code = coalesce(h.monitoring, 'NO_REPORT');
create view bi.total_dashboard with (security_invoker = true) as
select p.plan_key, p.place, p.line_key, c.code as status, c.position as status_position,
    c.label_nl as status_label_nl, c.label_en as status_label_en, l.round_key,
    (select count(*) from bi.fact_action_status_current f
     where f.plan_key = p.plan_key and f.status = c.code and (p.line_key is null or f.line_key = p.line_key))::integer as action_count,
    u.value as published_count, bi.recorded_at(greatest(l.ledger_no, u.ledger_no)) as recorded_at,
    greatest(l.ledger_no, u.ledger_no) as ledger_no
from (
    select plan_key, line_number::text as place, line_key from bi.dim_action_line
    union all
    select plan_key, 'TOTAL', null from bi.dim_plan_version) p
join (
    select plan_key, round_key, max(ledger_no) as ledger_no from bi.fact_action_status_current group by plan_key, round_key) l
    on l.plan_key = p.plan_key
join bi.dim_code c on c.code_list = 'ACTION_STATUS'
left join known.published_count u on u.round = l.round_key and u.line = p.place and u.measure = c.code;
grant select on bi.total_dashboard, bi.fact_action_status_current, bi.fact_action_status_history to stm_app, stm_auditor;
