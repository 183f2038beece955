-- What is told of the own region is told of the present: counted at an earlier number or day, two counts beside each other would tell who
-- handed in between them. So it is counted over what is known now, whatever the moment of the answer. And it is told where neither all nor
-- all but one of the other members are in one state: whoever knows itself would know theirs. Why it is not told stands beside.
drop function region_submissions;
create function region_submissions(of_period text)
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
revoke execute on function region_submissions from public;
grant execute on function region_submissions to stm_app;

-- down
drop function region_submissions;
create function region_submissions(of_period text)
returns table (area text, members text[], on_time bigint, late bigint, missing bigint, exempt bigint)
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
    ), state as (
        select m.region, m.code, m.is_new, count(v.number) as versions, coalesce(bool_or(v.on_time), false) as timely
        from member m
        left join known.assessment_version v on v.municipality = m.code and v.period = of_period
            and not exists (select from known.assessment_withdrawal w
                where w.municipality = v.municipality and w.period = v.period and w.version = v.number)
        group by m.region, m.code, m.is_new
    )
    select s.region, array_agg(s.code order by s.code),
        count(*) filter (where s.timely),
        count(*) filter (where s.versions > 0 and not s.timely),
        count(*) filter (where s.versions = 0 and not s.is_new),
        count(*) filter (where s.versions = 0 and s.is_new)
    from state s
    group by s.region
    having count(*) filter (where s.code <> all ((select app_municipalities())::text[])) >= 4
    order by s.region;
    perform set_config('app.purpose', purpose, true);
end $$;
revoke execute on function region_submissions from public;
grant execute on function region_submissions to stm_app;
