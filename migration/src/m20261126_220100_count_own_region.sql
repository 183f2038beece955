-- "Submission state: own; own region counts." A municipality reads the state of itself alone; of its safety region it is told how many
-- handed in. So the counting is done here, as the owner of the tables, which reads them for this purpose and for no other: neither the
-- service nor anybody who has its login reads the state of a neighbour.
do $$
declare
    t text;
begin
    foreach t in array array['area', 'area_membership', 'assessment_version', 'assessment_withdrawal', 'municipality', 'reporting_period'] loop
        execute format('create policy owner_counts on fact.%I for select to stm_owner using (
            (select current_setting(''app.purpose'', true)) = ''REGION_SUBMISSIONS'')', t);
    end loop;
end $$;

-- Of the safety region that the municipality lies in, on the day that counts for the period (its last one, or today while it is open): the
-- members, and how many handed in how. The day is that of the clock and never one that is asked for. It is told where at least four
-- members are others, so in a region of five or more: whoever knows itself would know too much of fewer, and whoever acts for several knows several.
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
    return query with recursive asked as (
        select p.deadline_on, least(p.closes_on,
            (nullif(current_setting('app.instant', true), '')::timestamptz at time zone 'Europe/Amsterdam')::date) as day
        from known.reporting_period p
        where p.key = of_period and (select app_role()) = 'MUNICIPALITY'
    ), region as (
        select distinct a.code, d.day, d.deadline_on
        from asked d
        join known.area_membership ms on ms.municipality = any ((select app_municipalities())::text[])
            and (ms.valid_from is null or ms.valid_from <= d.day) and (ms.valid_to is null or ms.valid_to > d.day)
        join known.area a on a.code = ms.area and a.kind = 'SAFETY_REGION'
    ), within as (
        select r.code as region, r.code as inner_area, r.day, r.deadline_on from region r
        union
        select w.region, a.code, w.day, w.deadline_on from within w join known.area a on a.parent = w.inner_area
    ), member as (
        select distinct w.region, m.code, coalesce(m.valid_from > w.deadline_on, false) as is_new
        from within w
        join known.area_membership ms on ms.area = w.inner_area
            and (ms.valid_from is null or ms.valid_from <= w.day) and (ms.valid_to is null or ms.valid_to > w.day)
        join known.municipality m on m.code = ms.municipality
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

-- down
drop function region_submissions;
do $$
declare
    t text;
begin
    foreach t in array array['area', 'area_membership', 'assessment_version', 'assessment_withdrawal', 'municipality', 'reporting_period'] loop
        execute format('drop policy owner_counts on fact.%I', t);
    end loop;
end $$;
