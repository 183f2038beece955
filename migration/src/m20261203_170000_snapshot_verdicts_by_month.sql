-- Which verdict held at the end of each month: a row per municipality, period, basis and month, so that nobody has to find it among the spans
-- of the history, of which the latest run that had begun by a day is the one that holds on it. The months are those from the one in which a
-- period opens to the one of the day, or to that in which the period closed; the last of them is told of as of that day. Who reads what is as
-- in `fact_verdict_current`: at each day it shows the rows that are the latest here, and no others.
create view bi.fact_verdict_monthly with (security_invoker = true) as
select v.municipality_code, v.period_key, v.basis, v.month_end, v.reference_day, v.is_latest, v.municipality_name, v.status,
    bi.verdict_label(k.label_nl, v.basis, v.is_provisional, true) as status_label_nl,
    bi.verdict_label(k.label_en, v.basis, v.is_provisional, false) as status_label_en,
    v.edition_code, v.is_provisional, v.assessment_version, v.judged_from, v.rule_set,
    bi.recorded_at(v.ledger_no) as recorded_at, v.ledger_no
from (
    select m.code as municipality_code, p.period_key, b.basis, p.month_end, p.reference_day, p.is_latest, m.label as municipality_name,
        coalesce(l.status, 'NOT_ASSESSED') as status, coalesce(l.edition, p.edition_code) as edition_code,
        coalesce(l.provisional, p.edition_state <> 'ENDORSED') as is_provisional,
        l.version as assessment_version, l.valid_from as judged_from, l.rule_set,
        greatest(l.ledger_no, m.ledger_no, p.ledger_no) as ledger_no
    from (
        select d.period_key, d.edition_code, d.edition_state, d.ledger_no, n.month_end, least(n.month_end, d.day) as reference_day,
            n.month_end >= d.day as is_latest
        from bi.period_day d
        join known.reporting_period r on r.key = d.period_key and r.opens_on <= d.day
        cross join lateral (
            select (date_trunc('month', of.first) + interval '1 month' - interval '1 day')::date as month_end
            from generate_series(date_trunc('month', r.opens_on::timestamp), d.day::timestamp, interval '1 month') of (first)) n) p
    join known.municipality m on (m.valid_from is null or m.valid_from <= p.reference_day)
        and (m.valid_to is null or m.valid_to > p.reference_day)
    cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
    left join lateral (
        select s.status, s.version, s.valid_from, s.ledger_no, (s.grounds ->> 'provisional')::boolean as provisional,
            s.grounds ->> 'rule_set' as rule_set, s.grounds ->> 'edition' as edition
        from known.verdict_span s
        where s.municipality = m.code and s.period = p.period_key and s.basis = b.basis and s.valid_from <= p.reference_day
        order by s.ledger_no desc, s.valid_from desc limit 1) l on true
    where (select app_role()) in ('VNG', 'SYSTEM')
       or ((select app_role()) = 'MINISTRY' and b.basis = 'CONFIRMED')
       or ((select app_role()) in ('MUNICIPALITY', 'REGION')
           and (m.code = any ((select app_municipalities())::text[])
               or m.code || '/' || p.period_key = any ((select app_subjects())::text[])))) v
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;
grant select on bi.fact_verdict_monthly to stm_app, stm_auditor;

-- down
drop view bi.fact_verdict_monthly;
