-- Whether a version was on time is told by the deadline in force: that of the period, or the later one of an extension, also when it was
-- given after the version was handed in. The row keeps what was so when it came in, in on_time; what is told is is_on_time. The same rule
-- stands in `domain::assessment::rules::Days`. latest_ledger_no is that of whatever decided it last.
create view known.timely_version with (security_invoker = true) as
    select v.municipality, v.period, v.number, v.edition, v.submitted_at, v.ledger_no,
        coalesce((v.submitted_at at time zone 'Europe/Amsterdam')::date <= greatest(p.deadline_on, x.deadline_on), v.on_time) as is_on_time,
        greatest(v.ledger_no, p.ledger_no, x.ledger_no) as latest_ledger_no
    from known.assessment_version v
    left join known.reporting_period p on p.key = v.period
    left join lateral (
        select max(e.deadline_on) as deadline_on, max(e.ledger_no) as ledger_no from known.deadline_extension e
        where e.municipality = v.municipality and e.period = v.period) x on true;
grant select on known.timely_version to stm_app;

-- The counts of the own region are made past the walls, so they see extensions too.
create policy owner_counts on fact.deadline_extension for select to stm_owner using (
    (select current_setting('app.purpose', true)) = 'REGION_SUBMISSIONS');

-- A later deadline changes the row of a version that was handed in before it.
create or replace view bi.fact_submission_history with (security_invoker = true) as
select v.municipality as municipality_code, v.period as period_key, v.number as version, v.edition as edition_code,
    v.submitted_at, v.is_on_time, d.outcome as review_outcome,
    k.label_nl as review_label_nl, k.label_en as review_label_en, d.decided_at,
    bi.recorded_at(greatest(v.latest_ledger_no, d.ledger_no, w.ledger_no)) as recorded_at,
    greatest(v.latest_ledger_no, d.ledger_no, w.ledger_no) as ledger_no, w.withdrawn_at
from known.timely_version v
left join known.assessment_withdrawal w on w.municipality = v.municipality and w.period = v.period and w.version = v.number
left join known.review_decision d on d.municipality = v.municipality and d.period = v.period and d.version = v.number
left join bi.dim_code k on k.code_list = 'REVIEW' and k.code = d.outcome;

-- As before, by the deadline in force.
create or replace function region_submissions(of_period text)
returns table (area text, members text[], withheld text, on_time bigint, late bigint, missing bigint, exempt bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    purpose constant text := coalesce(current_setting('app.purpose', true), '');
begin
    perform set_config('app.purpose', 'REGION_SUBMISSIONS', true);
    return query with recursive counted_on as (
        select p.deadline_on, least(p.closes_on,
            (nullif(current_setting('app.instant', true), '')::timestamptz at time zone 'Europe/Amsterdam')::date) as day
        from present_reporting_period() p
        where p.key = of_period and (select app_role()) = 'MUNICIPALITY'
    ), region as (
        select distinct a.code, d.day, d.deadline_on
        from counted_on d
        join present_area_membership() ms on ms.municipality = any ((select app_municipalities())::text[])
            and (ms.valid_from is null or ms.valid_from <= d.day) and (ms.valid_to is null or ms.valid_to > d.day)
        join present_area() a on a.code = ms.area and a.kind = 'SAFETY_REGION'
    ), within as (
        select r.code as region, r.code as inner_area, r.day, r.deadline_on from region r
        union
        select w.region, a.code, w.day, w.deadline_on from within w join present_area() a on a.parent = w.inner_area
    ), member as (
        select distinct w.region, w.deadline_on, m.code, coalesce(m.valid_from > w.deadline_on, false) as is_new
        from within w
        join present_area_membership() ms on ms.area = w.inner_area
            and (ms.valid_from is null or ms.valid_from <= w.day) and (ms.valid_to is null or ms.valid_to > w.day)
        join present_municipality() m on m.code = ms.municipality
            and (m.valid_from is null or m.valid_from <= w.day) and (m.valid_to is null or m.valid_to > w.day)
    ), handed_in as (
        select m.region, m.code, m.is_new, count(v.number) as versions,
            coalesce(bool_or(coalesce((v.submitted_at at time zone 'Europe/Amsterdam')::date <= greatest(m.deadline_on, x.deadline_on),
                v.on_time)), false) as timely
        from member m
        left join lateral (
            select max(e.deadline_on) as deadline_on from fact.deadline_extension e
            where e.municipality = m.code and e.period = of_period) x on true
        left join fact.assessment_version v on v.municipality = m.code and v.period = of_period
            and not exists (select from fact.assessment_withdrawal w
                where w.municipality = v.municipality and w.period = v.period and w.version = v.number)
        group by m.region, m.code, m.is_new
    ), state as (
        select h.region, h.code, h.code <> all ((select app_municipalities())::text[]) as is_other,
            case when h.timely then 'ON_TIME' when h.versions > 0 then 'LATE' when h.is_new then 'EXEMPT' else 'MISSING' end as state
        from handed_in h
    ), alike as (
        select n.region, sum(n.others)::bigint as others, max(n.others) as most
        from (select s.region, s.state, count(*) filter (where s.is_other) as others from state s group by s.region, s.state) n
        group by n.region
    ), reason as (
        select a.region,
            case when a.others < 4 then 'FEWER_THAN_FIVE' when a.others - a.most <= 1 then 'REVEALING' end as withheld
        from alike a
    )
    select s.region, array_agg(s.code order by s.code), r.withheld,
        case when r.withheld is null then count(*) filter (where s.state = 'ON_TIME') end,
        case when r.withheld is null then count(*) filter (where s.state = 'LATE') end,
        case when r.withheld is null then count(*) filter (where s.state = 'MISSING') end,
        case when r.withheld is null then count(*) filter (where s.state = 'EXEMPT') end
    from state s
    join reason r on r.region = s.region
    group by s.region, r.withheld
    order by s.region;
    perform set_config('app.purpose', purpose, true);
end $$;

-- down
create or replace function region_submissions(of_period text)
returns table (area text, members text[], withheld text, on_time bigint, late bigint, missing bigint, exempt bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    purpose constant text := coalesce(current_setting('app.purpose', true), '');
begin
    perform set_config('app.purpose', 'REGION_SUBMISSIONS', true);
    return query with recursive counted_on as (
        select p.deadline_on, least(p.closes_on,
            (nullif(current_setting('app.instant', true), '')::timestamptz at time zone 'Europe/Amsterdam')::date) as day
        from present_reporting_period() p
        where p.key = of_period and (select app_role()) = 'MUNICIPALITY'
    ), region as (
        select distinct a.code, d.day, d.deadline_on
        from counted_on d
        join present_area_membership() ms on ms.municipality = any ((select app_municipalities())::text[])
            and (ms.valid_from is null or ms.valid_from <= d.day) and (ms.valid_to is null or ms.valid_to > d.day)
        join present_area() a on a.code = ms.area and a.kind = 'SAFETY_REGION'
    ), within as (
        select r.code as region, r.code as inner_area, r.day, r.deadline_on from region r
        union
        select w.region, a.code, w.day, w.deadline_on from within w join present_area() a on a.parent = w.inner_area
    ), member as (
        select distinct w.region, m.code, coalesce(m.valid_from > w.deadline_on, false) as is_new
        from within w
        join present_area_membership() ms on ms.area = w.inner_area
            and (ms.valid_from is null or ms.valid_from <= w.day) and (ms.valid_to is null or ms.valid_to > w.day)
        join present_municipality() m on m.code = ms.municipality
            and (m.valid_from is null or m.valid_from <= w.day) and (m.valid_to is null or m.valid_to > w.day)
    ), handed_in as (
        select m.region, m.code, m.is_new, count(v.number) as versions, coalesce(bool_or(v.on_time), false) as timely
        from member m
        left join fact.assessment_version v on v.municipality = m.code and v.period = of_period
            and not exists (select from fact.assessment_withdrawal w
                where w.municipality = v.municipality and w.period = v.period and w.version = v.number)
        group by m.region, m.code, m.is_new
    ), state as (
        select h.region, h.code, h.code <> all ((select app_municipalities())::text[]) as is_other,
            case when h.timely then 'ON_TIME' when h.versions > 0 then 'LATE' when h.is_new then 'EXEMPT' else 'MISSING' end as state
        from handed_in h
    ), alike as (
        select n.region, sum(n.others)::bigint as others, max(n.others) as most
        from (select s.region, s.state, count(*) filter (where s.is_other) as others from state s group by s.region, s.state) n
        group by n.region
    ), reason as (
        select a.region,
            case when a.others < 4 then 'FEWER_THAN_FIVE' when a.others - a.most <= 1 then 'REVEALING' end as withheld
        from alike a
    )
    select s.region, array_agg(s.code order by s.code), r.withheld,
        case when r.withheld is null then count(*) filter (where s.state = 'ON_TIME') end,
        case when r.withheld is null then count(*) filter (where s.state = 'LATE') end,
        case when r.withheld is null then count(*) filter (where s.state = 'MISSING') end,
        case when r.withheld is null then count(*) filter (where s.state = 'EXEMPT') end
    from state s
    join reason r on r.region = s.region
    group by s.region, r.withheld
    order by s.region;
    perform set_config('app.purpose', purpose, true);
end $$;
create or replace view bi.fact_submission_history with (security_invoker = true) as
select v.municipality as municipality_code, v.period as period_key, v.number as version, v.edition as edition_code,
    v.submitted_at, v.on_time as is_on_time, d.outcome as review_outcome,
    k.label_nl as review_label_nl, k.label_en as review_label_en, d.decided_at,
    bi.recorded_at(greatest(v.ledger_no, d.ledger_no, w.ledger_no)) as recorded_at,
    greatest(v.ledger_no, d.ledger_no, w.ledger_no) as ledger_no, w.withdrawn_at
from known.assessment_version v
left join known.assessment_withdrawal w on w.municipality = v.municipality and w.period = v.period and w.version = v.number
left join known.review_decision d on d.municipality = v.municipality and d.period = v.period and d.version = v.number
left join bi.dim_code k on k.code_list = 'REVIEW' and k.code = d.outcome;
drop policy owner_counts on fact.deadline_extension;
drop view known.timely_version;
