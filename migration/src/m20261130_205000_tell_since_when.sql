-- Since when a verdict is what it is: the first day of the unbroken chain of spans with the same status, in one period and on one basis. A span
-- that a later run covers from its first day on held on no day and is not in the chain. The runs after a period had closed are a chain of their
-- own. One row per span that holds on some day; `valid_from` is the day from which it was judged so.
create view known.verdict_since with (security_invoker = true) as
select h.municipality, h.period, h.basis, h.is_rerun, h.ledger_no, h.valid_from,
    max(h.valid_from) filter (where h.status_before is distinct from h.status)
        over (partition by h.municipality, h.period, h.basis, h.is_rerun order by h.valid_from) as since
from (
    select s.municipality, s.period, s.basis, s.is_rerun, s.ledger_no, s.valid_from, s.status,
        lag(s.status) over (partition by s.municipality, s.period, s.basis, s.is_rerun order by s.valid_from) as status_before
    from (
        select r.municipality, r.period, r.basis, r.is_rerun, r.ledger_no, r.valid_from, r.status,
            min(r.valid_from) over (partition by r.municipality, r.period, r.basis, r.is_rerun order by r.ledger_no desc
                groups between unbounded preceding and 1 preceding) as covered_from
        from (
            select municipality, period, basis, false as is_rerun, ledger_no, valid_from, status from known.verdict_span
            union all
            select municipality, period, basis, true, ledger_no, valid_from, status from known.verdict_rerun) r) s
    where s.covered_from is null or s.covered_from > s.valid_from) h;
grant select on known.verdict_since to stm_app;

create or replace view bi.fact_verdict_current with (security_invoker = true) as
select v.municipality_code, v.period_key, v.basis, v.municipality_name, v.status,
    bi.verdict_label(k.label_nl, v.basis, v.is_provisional, true) as status_label_nl,
    bi.verdict_label(k.label_en, v.basis, v.is_provisional, false) as status_label_en,
    v.edition_code, v.is_provisional, v.assessment_version, v.verdict_from, bi.recorded_at(v.ledger_no) as recorded_at, v.ledger_no,
    v.judged_from, v.rule_set
from (
    select m.code as municipality_code, p.period_key, b.basis, m.label as municipality_name,
        coalesce(l.status, 'NOT_ASSESSED') as status, p.edition_code,
        coalesce(l.provisional, p.edition_state <> 'ENDORSED') as is_provisional,
        l.version as assessment_version, c.since as verdict_from, l.valid_from as judged_from, l.rule_set,
        greatest(l.ledger_no, m.ledger_no, p.ledger_no) as ledger_no
    from bi.period_day p
    join known.municipality m on (m.valid_from is null or m.valid_from <= p.day) and (m.valid_to is null or m.valid_to > p.day)
    cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
    left join lateral (
        select s.status, s.version, s.valid_from, s.ledger_no, (s.grounds ->> 'provisional')::boolean as provisional,
            s.grounds ->> 'rule_set' as rule_set
        from known.verdict_span s
        where s.municipality = m.code and s.period = p.period_key and s.basis = b.basis and s.valid_from <= p.day
        order by s.ledger_no desc, s.valid_from desc limit 1) l on true
    left join lateral (
        select t.since from known.verdict_since t
        where t.municipality = m.code and t.period = p.period_key and t.basis = b.basis and not t.is_rerun
          and t.ledger_no = l.ledger_no and t.valid_from = l.valid_from) c on true
    where (select app_role()) in ('VNG', 'SYSTEM')
       or ((select app_role()) = 'MINISTRY'
           and (b.basis = 'CONFIRMED' or (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS'))
       or ((select app_role()) in ('MUNICIPALITY', 'REGION')
           and (m.code = any ((select app_municipalities())::text[])
               or m.code || '/' || p.period_key = any ((select app_subjects())::text[])))) v
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;

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

-- down
drop view bi.fact_verdict_history, bi.fact_verdict_current, known.verdict_since;
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
grant select on bi.fact_verdict_history, bi.fact_verdict_current to stm_app, stm_auditor;
