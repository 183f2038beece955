-- Of what is not confirmed the ministry sees totals and no verdict. Counted anew at every moment, two of them would give a verdict away. So
-- they are given as of a Monday, which the service chooses in one place; it tells the view in app.given_totals what is given, and where it
-- tells nothing, nothing is shown.
create or replace view bi.total_compliance with (security_invoker = true) as
with latest as (
    select distinct on (s.municipality, s.period, s.basis) s.municipality, s.period, s.basis, s.status, s.ledger_no
    from known.verdict_span s
    join bi.period_day p on p.period_key = s.period
    where s.valid_from <= p.day
    order by s.municipality, s.period, s.basis, s.ledger_no desc, s.valid_from desc
),
counted as (
    select p.period_key, b.basis, p.day as reference_day, coalesce(l.status, 'NOT_ASSESSED') as status, count(*) as municipality_count,
        max(greatest(l.ledger_no, m.ledger_no)) as ledger_no
    from bi.period_day p
    join known.municipality m on (m.valid_from is null or m.valid_from <= p.day) and (m.valid_to is null or m.valid_to > p.day)
    cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
    left join latest l on l.municipality = m.code and l.period = p.period_key and l.basis = b.basis
    where b.basis = 'CONFIRMED' or (select app_role()) in ('VNG', 'SYSTEM')
    group by p.period_key, b.basis, p.day, coalesce(l.status, 'NOT_ASSESSED')
    union all
    select g.period_key, 'SUBMITTED', g.reference_day, g.status, g.municipality_count, g.ledger_no
    from jsonb_to_recordset(coalesce(nullif(current_setting('app.given_totals', true), ''), '[]')::jsonb)
        as g (period_key text, reference_day date, status text, municipality_count bigint, ledger_no bigint)
    where (select app_role()) = 'MINISTRY'
)
select p.period_key, n.basis, c.code as status, c.position as status_position,
    bi.verdict_label(c.label_nl, n.basis, p.edition_state <> 'ENDORSED', true) as status_label_nl,
    bi.verdict_label(c.label_en, n.basis, p.edition_state <> 'ENDORSED', false) as status_label_en,
    p.edition_code, p.edition_state <> 'ENDORSED' as is_provisional, n.reference_day,
    (select coalesce(sum(t.municipality_count), 0)::bigint from counted t
     where t.period_key = p.period_key and t.basis = n.basis and t.status = c.code) as municipality_count,
    n.municipalities, bi.recorded_at(greatest(n.ledger_no, p.ledger_no)) as recorded_at,
    greatest(n.ledger_no, p.ledger_no) as ledger_no
from bi.period_day p
join bi.dim_code c on c.code_list = 'VERDICT_STATUS'
join (
    select period_key, basis, reference_day, sum(municipality_count)::bigint as municipalities, max(ledger_no) as ledger_no
    from counted group by period_key, basis, reference_day) n
    on n.period_key = p.period_key
where (select app_role()) in ('VNG', 'MINISTRY', 'SYSTEM');

-- down
create or replace view bi.total_compliance with (security_invoker = true) as
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
