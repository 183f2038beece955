-- Since when a verdict is what it is is found for each row by itself, along the index of its municipality, period and basis. Before, Postgres
-- could compute it for all verdicts and look through all of these once more for each row, and did so in a database that was just filled, of
-- which it knows no numbers yet: five seconds for 2,052 rows, and so no answer. Hence the `offset 0`.
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
          and t.ledger_no = l.ledger_no and t.valid_from = l.valid_from
        offset 0) c on true
    where (select app_role()) in ('VNG', 'SYSTEM')
       or ((select app_role()) = 'MINISTRY'
           and (b.basis = 'CONFIRMED' or (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS'))
       or ((select app_role()) in ('MUNICIPALITY', 'REGION')
           and (m.code = any ((select app_municipalities())::text[])
               or m.code || '/' || p.period_key = any ((select app_subjects())::text[])))) v
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;

-- down
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
