-- Views for BI tools over known.*. They ask as whoever asks (security_invoker) and read the ledger number and the day of
-- the transaction. `ledger_no` is the highest entry that changed a row or who sees it.
--   dim_*             what facts are about; `bridge_*` many to many
--   fact_*_current    what counts on the day
--   fact_*_history    every fact that is known, whatever the day: what is fetched incrementally

drop view bi.fact_verdict;

create function bi.day() returns date language sql stable as $$ select current_setting('app.day')::date $$;

-- Whether an interval holds the day; no first day is since ever, no last day is until further notice.
create function bi.holds(valid_from date, valid_to date) returns boolean language sql stable as $$
    select (valid_from is null or valid_from <= current_setting('app.day')::date)
        and (valid_to is null or valid_to > current_setting('app.day')::date)
$$;

-- When an entry was recorded; all entries of one transaction share their instant.
create function bi.recorded_at(entry bigint) returns timestamptz language sql stable as $$
    select i.recorded_at from ledger_instant i where i.number >= entry order by i.number limit 1
$$;

-- What a code is called. A test holds it to the labels of the program.
create view bi.dim_code with (security_invoker = true) as
select c.code_list, c.code, c.position, c.label_nl, c.label_en
from (values
    ('ACTION_STATUS', 'COMPLETED', 1, 'Afgerond', 'Completed'),
    ('ACTION_STATUS', 'IN_PROGRESS', 2, 'In uitvoering', 'In progress'),
    ('ACTION_STATUS', 'IN_PROGRESS_DELAYED', 3, 'In uitvoering, vertraging', 'In progress, delayed'),
    ('ACTION_STATUS', 'ONGOING', 4, 'Doorlopend', 'Ongoing'),
    ('ACTION_STATUS', 'NOT_STARTED', 5, 'Nog niet gestart', 'Not started'),
    ('MONITORING', 'REPORTED', 1, 'Opgenomen in de monitoring', 'Reported'),
    ('MONITORING', 'OUTSIDE_ROUND', 2, 'Buiten deze monitoringsronde', 'Outside this round'),
    ('MONITORING', 'NO_REPORT', 3, 'Geen rapportage bekend', 'No report known'),
    ('DELAY_CAUSE', 'GIVEN', 1, 'Oorzaak gegeven', 'Cause given'),
    ('DELAY_CAUSE', 'NOT_IN_SOURCE', 2, 'Oorzaak niet in de bron', 'Cause not in the source'),
    ('BUDGET_KIND', 'PROGRAMME', 1, 'Programmarij', 'Programme row'),
    ('BUDGET_KIND', 'LINE', 2, 'Actielijn', 'Action line'),
    ('BUDGET_KIND', 'ACTION', 3, 'Actie', 'Action'),
    ('BUDGET_KIND', 'TOTAL', 4, 'Totaal', 'Total'),
    ('BUDGET_STATE', 'AMOUNT', 1, 'bedrag', 'amount'),
    ('BUDGET_STATE', 'ZERO', 2, 'gedrukte 0', 'printed 0'),
    ('BUDGET_STATE', 'DASH', 3, 'streepje', 'dash'),
    ('BUDGET_STATE', 'BLANK', 4, 'leeg', 'blank'),
    ('MEASUREMENT_KIND', 'BASELINE', 1, 'Nulmeting', 'Baseline'),
    ('MEASUREMENT_KIND', 'INTERIM', 2, 'Tussenmeting', 'Interim measurement'),
    ('MEASUREMENT_KIND', 'FINAL', 3, 'Eindmeting', 'Final measurement'),
    ('MEASUREMENT_STATE', 'RUNNING', 1, 'Loopt', 'Running'),
    ('MEASUREMENT_STATE', 'REPORTED', 2, 'Gerapporteerd', 'Reported'),
    ('MEASUREMENT_STATE', 'HARD_TO_MEASURE', 3, 'Lastig meetbaar', 'Hard to measure'),
    ('PARTNER_KIND', 'MINISTRY', 1, 'Ministerie', 'Ministry'),
    ('PARTNER_KIND', 'GOVERNMENT_AGENCY', 2, 'Uitvoeringsorganisatie van het Rijk', 'Government agency'),
    ('PARTNER_KIND', 'MUNICIPALITY', 3, 'Gemeente', 'Municipality'),
    ('PARTNER_KIND', 'MUNICIPAL_ASSOCIATION', 4, 'Vereniging van gemeenten', 'Association of municipalities'),
    ('PARTNER_KIND', 'REGION', 5, 'Regio', 'Region'),
    ('PARTNER_KIND', 'INVESTIGATION', 6, 'Opsporing', 'Investigation'),
    ('PARTNER_KIND', 'PROSECUTION', 7, 'Vervolging', 'Prosecution'),
    ('PARTNER_KIND', 'RIEC', 8, 'RIEC', 'Regional information and expertise centre (RIEC)'),
    ('PARTNER_KIND', 'COORDINATION_CENTRE', 9, 'Coördinatiecentrum', 'Coordination centre'),
    ('PARTNER_KIND', 'CARE_PROVIDER', 10, 'Zorgaanbieder', 'Care provider'),
    ('PARTNER_KIND', 'NGO', 11, 'Maatschappelijke organisatie', 'Non-governmental organisation'),
    ('PARTNER_KIND', 'RESEARCH', 12, 'Onderzoeksinstituut', 'Research institute'),
    ('PARTNER_KIND', 'CONSULTANCY', 13, 'Adviesbureau', 'Consultancy'),
    ('PARTNER_KIND', 'RAPPORTEUR', 14, 'Rapporteur', 'Rapporteur'),
    ('PARTNER_KIND', 'GROUP', 15, 'Groep organisaties', 'Group of organisations'),
    ('PARTNER_KIND', 'OTHER', 16, 'Overig', 'Other'),
    ('PARTNER_ROLE', 'OWNER', 1, 'Eigenaar', 'Owner'),
    ('PARTNER_ROLE', 'EXECUTOR', 2, 'Uitvoerder', 'Executor'),
    ('PARTNER_ROLE', 'COMMISSIONER', 3, 'Opdrachtgever', 'Commissioner'),
    ('PARTNER_ROLE', 'CONTRACTOR', 4, 'Opdrachtnemer', 'Contractor'),
    ('PARTNER_ROLE', 'DEVELOPER', 5, 'Ontwikkelaar', 'Developer'),
    ('PARTNER_ROLE', 'EXPERT', 6, 'Expert', 'Expert'),
    ('PARTNER_ROLE', 'SOUNDING_BOARD', 7, 'Klankbord', 'Sounding board'),
    ('PARTNER_ROLE', 'DATA_SUPPLIER', 8, 'Gegevensleverancier', 'Data supplier'),
    ('PARTNER_ROLE', 'PARTICIPANT', 9, 'Deelnemer', 'Participant'),
    ('PARTNER_ROLE', 'TARGET_GROUP', 10, 'Doelgroep', 'Target group'),
    ('PARTNER_ROLE', 'IMPLEMENTER', 11, 'Toepasser in eigen praktijk', 'Implementer'),
    ('AREA_KIND', 'SAFETY_REGION', 1, 'Veiligheidsregio', 'Safety region'),
    ('AREA_KIND', 'PROVINCE', 2, 'Provincie', 'Province'),
    ('AREA_KIND', 'POLICE_UNIT', 3, 'Regionale politie-eenheid', 'Regional police unit'),
    ('AREA_KIND', 'RIEC', 4, 'RIEC', 'Regional information and expertise centre'),
    ('AREA_KIND', 'COOPERATION_AREA', 5, 'Samenwerkingsgebied', 'Cooperation area'),
    ('REORGANISATION', 'MERGER', 1, 'Samenvoeging', 'Merger'),
    ('REORGANISATION', 'ABSORPTION', 2, 'Toevoeging', 'Absorption'),
    ('REORGANISATION', 'SPLIT', 3, 'Splitsing', 'Split'),
    ('PERIOD_STATE', 'PLANNED', 1, 'Nog niet open', 'Not open yet'),
    ('PERIOD_STATE', 'OPEN', 2, 'Open', 'Open'),
    ('PERIOD_STATE', 'LATE', 3, 'Te laat indienen kan nog', 'Late submission is possible'),
    ('PERIOD_STATE', 'CLOSED', 4, 'Gesloten', 'Closed'),
    ('ANSWER', 'MET', 1, 'Voldaan', 'Met'),
    ('ANSWER', 'PARTLY_MET', 2, 'Deels voldaan', 'Partly met'),
    ('ANSWER', 'NOT_MET', 3, 'Niet voldaan', 'Not met'),
    ('ANSWER', 'NOT_APPLICABLE', 4, 'Niet van toepassing', 'Not applicable'),
    ('ANSWER', 'UNKNOWN', 5, 'Onbekend', 'Unknown'),
    ('VERDICT_BASIS', 'SUBMITTED', 1, 'Ingediend, niet gecontroleerd', 'Submitted, not checked'),
    ('VERDICT_BASIS', 'CONFIRMED', 2, 'Bevestigd door VNG', 'Confirmed by VNG'),
    ('VERDICT_STATUS', 'NOT_ASSESSED', 1, 'Niet beoordeeld', 'Not assessed'),
    ('VERDICT_STATUS', 'NOT_COMPLIANT', 2, 'Voldoet niet', 'Not compliant'),
    ('VERDICT_STATUS', 'PARTLY_COMPLIANT', 3, 'Voldoet deels', 'Partly compliant'),
    ('VERDICT_STATUS', 'COMPLIANT', 4, 'Voldoet', 'Compliant'),
    ('REVIEW', 'CONFIRMED', 1, 'Bevestigd', 'Confirmed'),
    ('REVIEW', 'RETURNED', 2, 'Teruggegeven', 'Returned')
) as c (code_list, code, position, label_nl, label_en);

create view bi.dim_date with (security_invoker = true) as
select d.day::date as date,
    extract(isoyear from d.day)::integer as iso_year,
    extract(week from d.day)::integer as iso_week,
    extract(year from d.day)::integer as year,
    extract(quarter from d.day)::integer as quarter,
    extract(month from d.day)::integer as month,
    extract(day from d.day)::integer as day_of_month,
    extract(isodow from d.day)::integer as day_of_week,
    (array['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november',
        'december'])[extract(month from d.day)::integer] as month_nl,
    (array['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',
        'December'])[extract(month from d.day)::integer] as month_en
from generate_series(timestamp '2019-01-01', timestamp '2035-12-31', interval '1 day') as d (day);

create view bi.dim_plan_version with (security_invoker = true) as
select distinct on (p.key)
    p.key as plan_key, p.title_nl, p.title_en, p.state, p.source_document, p.source_lines,
    bi.recorded_at(p.ledger_no) as recorded_at, p.ledger_no
from known.plan_version p
where p.valid_from is null or p.valid_from <= bi.day()
order by p.key, p.valid_from desc nulls last;

create view bi.dim_action_line with (security_invoker = true) as
select distinct on (l.plan, l.number)
    l.plan || '/' || l.number as line_key, l.plan as plan_key, l.number as line_number, l.title_nl, l.title_en, l.is_new,
    l.valid_from, l.valid_to, l.source_document, l.source_lines, bi.recorded_at(l.ledger_no) as recorded_at, l.ledger_no
from known.action_line l
where l.valid_from is null or l.valid_from <= bi.day()
order by l.plan, l.number, l.valid_from desc nulls last;

create view bi.dim_action with (security_invoker = true) as
select distinct on (a.plan, a.number)
    a.plan || '/' || a.number as action_key, a.plan as plan_key, a.number as action_number,
    a.plan || '/' || a.line as line_key, a.title_nl, a.title_en, a.is_new,
    a.valid_from, a.valid_to, a.source_document, a.source_lines, bi.recorded_at(a.ledger_no) as recorded_at, a.ledger_no
from known.action a
where a.valid_from is null or a.valid_from <= bi.day()
order by a.plan, a.number, a.valid_from desc nulls last;

create view bi.dim_goal with (security_invoker = true) as
select g.plan || '/' || g.line || '/' || g.number as goal_key, g.plan as plan_key, g.plan || '/' || g.line as line_key,
    g.number as goal_number, g.is_overarching, g.text_nl, g.text_en, g.starts_on, g.deadline_on,
    g.source_document, g.source_lines, bi.recorded_at(g.ledger_no) as recorded_at, g.ledger_no
from known.operational_goal g
where bi.holds(g.valid_from, g.valid_to);

create view bi.dim_round with (security_invoker = true) as
select r.key as round_key, r.plan as plan_key, r.title_nl, r.title_en, r.date_earliest, r.date_latest, r.date_text,
    r.source_document, r.source_lines, bi.recorded_at(r.ledger_no) as recorded_at, r.ledger_no
from known.monitoring_round r
where r.state = 'CLOSED';

create view bi.dim_partner with (security_invoker = true) as
select distinct on (p.key)
    p.key as partner_key, p.name as name_nl, p.name_en, p.kind, k.label_nl as kind_label_nl, k.label_en as kind_label_en,
    p.municipality as municipality_code, p.area as area_code, p.website,
    p.source_document, p.source_lines, bi.recorded_at(p.ledger_no) as recorded_at, p.ledger_no
from known.partner p
left join bi.dim_code k on k.code_list = 'PARTNER_KIND' and k.code = p.kind
where p.valid_from is null or p.valid_from <= bi.day()
order by p.key, p.valid_from desc nulls last;

create view bi.dim_area with (security_invoker = true) as
select distinct on (a.code)
    a.code as area_code, a.name, a.kind, k.label_nl as kind_label_nl, k.label_en as kind_label_en, a.parent as parent_code,
    t.tile_row, t.tile_column, r.ledger_no is not null as is_reporting_region,
    a.source_document, a.source_lines,
    bi.recorded_at(greatest(a.ledger_no, t.ledger_no, r.ledger_no)) as recorded_at,
    greatest(a.ledger_no, t.ledger_no, r.ledger_no) as ledger_no
from known.area a
left join bi.dim_code k on k.code_list = 'AREA_KIND' and k.code = a.kind
left join known.tile t on t.kind = 'REGION' and t.code = a.code
left join lateral (
    select max(r.ledger_no) as ledger_no from known.reporting_region r
    where r.area = a.code and bi.holds(r.valid_from, r.valid_to)) r on true
where a.valid_from is null or a.valid_from <= bi.day()
order by a.code, a.valid_from desc nulls last;

create view bi.dim_municipality with (security_invoker = true) as
select m.code || '@' || coalesce(m.valid_from::text, 'start') as municipality_key,
    m.code as municipality_code, m.name, m.label, m.valid_from, m.valid_to,
    bi.holds(m.valid_from, m.valid_to) as is_current, t.tile_row, t.tile_column,
    m.source_document, m.source_lines,
    bi.recorded_at(greatest(m.ledger_no, t.ledger_no)) as recorded_at, greatest(m.ledger_no, t.ledger_no) as ledger_no
from known.municipality m
left join known.tile t on t.kind = 'MUNICIPALITY' and t.code = m.code;

create view bi.municipality_lineage with (security_invoker = true) as
select r.predecessor as predecessor_code, r.successor as successor_code, r.effective_on, r.kind,
    k.label_nl as kind_label_nl, k.label_en as kind_label_en, r.is_planned,
    r.source_document, r.source_lines, bi.recorded_at(r.ledger_no) as recorded_at, r.ledger_no
from (
    select predecessor, successor, effective_on, kind, false as is_planned, source_document, source_lines, ledger_no
    from known.reorganisation
    union all
    select p.predecessor, p.successor, p.effective_on, p.kind, true, p.source_document, p.source_lines, p.ledger_no
    from known.planned_reorganisation p
    where not exists (
        select from known.reorganisation r
        where r.predecessor = p.predecessor and r.successor = p.successor and r.effective_on = p.effective_on)) r
left join bi.dim_code k on k.code_list = 'REORGANISATION' and k.code = r.kind;

create view bi.bridge_area_membership with (security_invoker = true) as
select m.area || '/' || m.municipality || '@' || coalesce(m.valid_from::text, 'start') as membership_key,
    m.area as area_code, m.municipality as municipality_code, m.valid_from, m.valid_to,
    bi.holds(m.valid_from, m.valid_to) as is_current,
    m.source_document, m.source_lines, bi.recorded_at(m.ledger_no) as recorded_at, m.ledger_no
from known.area_membership m;

create view bi.bridge_action_partner with (security_invoker = true) as
select p.plan || '/' || p.number as action_key, p.partner as partner_key, p.role,
    k.label_nl as role_label_nl, k.label_en as role_label_en, p.implementation, p.text_nl,
    p.source_document, p.source_lines, bi.recorded_at(p.ledger_no) as recorded_at, p.ledger_no
from known.action_partner p
left join bi.dim_code k on k.code_list = 'PARTNER_ROLE' and k.code = p.role
where bi.holds(p.valid_from, p.valid_to);

create view bi.dim_criterion with (security_invoker = true) as
select c.edition || '/' || c.code as criterion_key, c.edition as edition_code, e.state as edition_state, c.code as criterion_code,
    c.theme as theme_code, t.title_nl as theme_nl, t.title_en as theme_en, c.position, c.level, c.required as is_required,
    c.scope, c.answered_by, c.title_nl, c.title_en, c.text_nl, c.text_en, c.source_document, c.source_lines,
    bi.recorded_at(greatest(c.ledger_no, e.ledger_no, t.ledger_no)) as recorded_at,
    greatest(c.ledger_no, e.ledger_no, t.ledger_no) as ledger_no
from known.criterion c
join known.framework_edition e on e.code = c.edition
left join known.theme t on t.edition = c.edition and t.code = c.theme;

create view bi.dim_period with (security_invoker = true) as
select p.period_key, p.edition_code, p.opens_on, p.deadline_on, p.closes_on, p.state,
    k.label_nl as state_label_nl, k.label_en as state_label_en, bi.recorded_at(p.ledger_no) as recorded_at, p.ledger_no
from (
    select r.key as period_key, r.edition as edition_code, r.opens_on, r.deadline_on, r.closes_on, r.ledger_no,
        case
            when bi.day() < r.opens_on then 'PLANNED'
            when bi.day() <= r.deadline_on then 'OPEN'
            when bi.day() <= r.closes_on then 'LATE'
            else 'CLOSED'
        end as state
    from known.reporting_period r) p
left join bi.dim_code k on k.code_list = 'PERIOD_STATE' and k.code = p.state;

-- A text that was redacted is gone at every moment; that it went is a change of the row.
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

create view bi.fact_budget_source_history with (security_invoker = true) as
select c.plan || '/' || c.sheet || '/' || c.row_code as budget_row_key, c.year, c.plan as plan_key, c.sheet,
    c.plan || '/' || c.line as line_key, c.position, c.kind, k.label_nl as kind_label_nl, k.label_en as kind_label_en,
    c.title_nl, c.is_new, cardinality(c.actions) as action_count, c.printed, c.state,
    s.label_nl as state_label_nl, s.label_en as state_label_en, c.amount_euros, c.unit_euros,
    c.source_document, c.source_lines, bi.recorded_at(c.ledger_no) as recorded_at, c.ledger_no
from known.budget_cell c
left join bi.dim_code k on k.code_list = 'BUDGET_KIND' and k.code = c.kind
left join bi.dim_code s on s.code_list = 'BUDGET_STATE' and s.code = c.state;

create view bi.fact_budget_source_current with (security_invoker = true) as
select h.* from bi.fact_budget_source_history h;

-- Additive: of each line the rows of its own table, of the programme the rows of the overview that are of no line, and no
-- totals. What several actions share is one row.
create view bi.fact_budget_history with (security_invoker = true) as
select h.budget_row_key, h.year, h.plan_key, h.line_key, h.kind, h.kind_label_nl, h.kind_label_en, h.title_nl, h.is_new,
    h.action_count, h.state, h.state_label_nl, h.state_label_en, h.amount_euros, h.source_document, h.source_lines,
    h.recorded_at, h.ledger_no
from bi.fact_budget_source_history h
where (h.sheet = 'SUMMARY' and h.kind = 'PROGRAMME') or (h.sheet = 'LINES' and h.kind = 'ACTION');

create view bi.fact_budget_current with (security_invoker = true) as
select h.* from bi.fact_budget_history h;

create view bi.bridge_budget_action with (security_invoker = true) as
select b.budget_row_key, b.plan || '/' || b.action as action_key, round(1.0 / b.action_count, 6) as weight,
    bi.recorded_at(b.ledger_no) as recorded_at, b.ledger_no
from (
    select c.plan || '/' || c.sheet || '/' || c.row_code as budget_row_key, c.plan, a.action,
        max(cardinality(c.actions)) as action_count, max(c.ledger_no) as ledger_no
    from known.budget_cell c cross join lateral unnest(c.actions) as a (action)
    where c.sheet = 'LINES' and c.kind = 'ACTION'
    group by 1, 2, 3) b;

-- What the letter prints beside what the rows of fact_budget come to.
create view bi.total_budget with (security_invoker = true) as
select p.plan_key, p.year, coalesce(p.line_key, 'TOTAL') as place, p.line_key, p.amount_euros as printed_euros, s.computed_euros,
    s.computed_euros - coalesce(p.amount_euros, 0) as difference_euros,
    p.source_document, p.source_lines,
    bi.recorded_at(greatest(p.ledger_no, s.ledger_no)) as recorded_at, greatest(p.ledger_no, s.ledger_no) as ledger_no
from bi.fact_budget_source_history p
cross join lateral (
    select coalesce(sum(b.amount_euros), 0)::bigint as computed_euros, max(b.ledger_no) as ledger_no
    from bi.fact_budget_history b
    where b.plan_key = p.plan_key and b.year = p.year and (p.line_key is null or b.line_key = p.line_key)) s
where p.kind = 'TOTAL';

create view bi.fact_goal_measurement_history with (security_invoker = true) as
select m.key as measurement_key, m.plan as plan_key, m.plan || '/' || m.action as action_key,
    m.plan || '/' || m.line || '/' || m.goal as goal_key, m.target as target_number,
    m.kind, k.label_nl as kind_label_nl, k.label_en as kind_label_en,
    m.state, s.label_nl as state_label_nl, s.label_en as state_label_en, m.group_nl, m.group_en,
    m.value, m.unit_nl, m.unit_en, m.measured_on,
    case when x.redacted_by is null then x.body end as explanation_nl, m.summary_en,
    m.source_document, m.source_lines,
    bi.recorded_at(greatest(m.ledger_no, x.redacted_by)) as recorded_at, greatest(m.ledger_no, x.redacted_by) as ledger_no
from known.measurement m
left join free_text x on x.id = m.explanation_text
left join bi.dim_code k on k.code_list = 'MEASUREMENT_KIND' and k.code = m.kind
left join bi.dim_code s on s.code_list = 'MEASUREMENT_STATE' and s.code = m.state;

create view bi.fact_goal_measurement_current with (security_invoker = true) as
select h.* from bi.fact_goal_measurement_history h
where h.measured_on is null or h.measured_on <= bi.day();

-- Of the latest closed round: per line, and of all lines together under TOTAL, how many actions have each status.
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

grant select on all tables in schema bi to stm_app, stm_auditor;

-- down
drop view bi.total_dashboard, bi.fact_goal_measurement_current, bi.fact_goal_measurement_history, bi.total_budget,
    bi.bridge_budget_action, bi.fact_budget_current, bi.fact_budget_history, bi.fact_budget_source_current,
    bi.fact_budget_source_history, bi.fact_action_status_current, bi.fact_action_status_history, bi.dim_period, bi.dim_criterion,
    bi.bridge_action_partner, bi.bridge_area_membership, bi.municipality_lineage, bi.dim_municipality, bi.dim_area,
    bi.dim_partner, bi.dim_round, bi.dim_goal, bi.dim_action, bi.dim_action_line, bi.dim_plan_version, bi.dim_date, bi.dim_code;
drop function bi.recorded_at, bi.holds, bi.day;
create view bi.fact_verdict with (security_invoker = true) as
with latest as (
    select distinct on (s.municipality, s.period, s.basis)
        s.municipality, s.period, s.basis, s.status, s.version, s.valid_from, s.ledger_no
    from known.verdict_span s
    where s.valid_from <= current_setting('app.day')::date
    order by s.municipality, s.period, s.basis, s.ledger_no desc, s.valid_from desc
)
select m.code as municipality_code,
    m.label as municipality_name,
    p.key as period_key,
    b.basis,
    coalesce(l.status, 'NOT_ASSESSED') as status,
    e.code as edition_code,
    e.state as edition_state,
    l.version as assessment_version,
    l.valid_from as verdict_from,
    greatest(l.ledger_no, m.ledger_no, p.ledger_no, e.ledger_no) as ledger_no
from known.municipality m
cross join known.reporting_period p
cross join (values ('SUBMITTED'), ('CONFIRMED')) as b (basis)
join known.framework_edition e on e.code = p.edition
left join latest l on l.municipality = m.code and l.period = p.key and l.basis = b.basis
where (m.valid_from is null or m.valid_from <= current_setting('app.day')::date)
  and (m.valid_to is null or m.valid_to > current_setting('app.day')::date)
  and app_sees_verdict(m.code, p.key, b.basis);
grant select on bi.fact_verdict to stm_app, stm_auditor;
