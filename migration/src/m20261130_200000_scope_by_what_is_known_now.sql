-- Who may see or change something is asked of what is known now, on the present day. `known.*` follows the ledger number that an answer
-- is of, so a membership that was taken back would open at an earlier number what it no longer opens. Scope reads these rows instead.
create procedure keep_present(name text) language plpgsql as $$
begin
    execute format('create function present_%1$s() returns setof fact.%1$I language sql stable as
        ''select f.* from fact.%1$I f
          where not f.withdrawn and not exists (select from fact.%1$I c where c.corrects = f.id)''', name);
end $$;
do $$
declare
    t text;
begin
    foreach t in array array['action_partner', 'area', 'area_membership', 'function_registrar', 'municipality', 'reporting_period',
        'reporting_region', 'submission_mandate'] loop
        call keep_present(t);
    end loop;
end $$;

create or replace function app_present_day() returns date language sql stable as $$
    select coalesce(nullif(current_setting('app.present_day', true), ''), nullif(current_setting('app.day', true), ''))::date
$$;

-- A municipality that is, was or will be a member on a day of this interval: what its region says then counts for it.
create or replace function app_is_member(of_area text, from_day date, until_day date) returns boolean language sql stable as $$
    select (select app_role()) = 'MUNICIPALITY' and exists (
        select from present_area_membership() m
        where m.area = of_area and m.municipality = any ((select app_municipalities())::text[])
          and (m.valid_from is null or until_day is null or m.valid_from < until_day)
          and (m.valid_to is null or from_day is null or m.valid_to > from_day))
$$;
-- Duties are seen by whoever is a member today.
create or replace function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or (app_present_day() is not null and app_is_member(of_area, app_present_day(), app_present_day() + 1))
$$;
create or replace function app_acts_as(of_area text) returns boolean language sql stable as $$
    select app_is_area(of_area) and exists (
        select from present_reporting_region() r
        where r.area = of_area
          and (r.valid_from is null or r.valid_from <= app_present_day())
          and (r.valid_to is null or r.valid_to > app_present_day()))
$$;
create or replace function app_owns(plan text, action integer) returns boolean language sql stable as $$
    select exists (
        select from present_action_partner() p
        where p.plan = app_owns.plan and p.number = app_owns.action and p.role = 'OWNER' and p.partner = (select app_partner())
          and (p.valid_from is null or p.valid_from <= app_present_day())
          and (p.valid_to is null or p.valid_to > app_present_day()))
$$;
create or replace function app_owns_any() returns boolean language sql stable as $$
    select exists (
        select from present_action_partner() p
        where p.role = 'OWNER' and p.partner = (select app_partner())
          and (p.valid_from is null or p.valid_from <= app_present_day())
          and (p.valid_to is null or p.valid_to > app_present_day()))
$$;
create or replace function app_records_functions() returns boolean language sql stable as $$
    select (select app_role()) = 'PARTNER' and exists (
        select from present_function_registrar() r
        where r.partner = (select app_partner()) and r.valid_from <= app_present_day()
          and (r.valid_to is null or r.valid_to > app_present_day()))
$$;
create or replace function app_submits_for(of_municipality text) returns boolean language sql stable as $$
    select app_writes_for(of_municipality) and ((select app_role()) = 'MUNICIPALITY' or exists (
        select from present_submission_mandate() m
        where m.municipality = of_municipality and m.area = (select app_area())
          and m.valid_from <= app_present_day()
          and (m.valid_to is null or m.valid_to > app_present_day())))
$$;

-- As before, but which region is the own one, on which day and with which members is asked of now; what they handed in, of the ledger
-- number of the answer.
create or replace function region_submissions(of_period text)
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

-- down
create or replace function region_submissions(of_period text)
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
create or replace function app_submits_for(of_municipality text) returns boolean language sql stable
    as $$
    select app_writes_for(of_municipality) and ((select app_role()) = 'MUNICIPALITY' or exists (
        select from known.submission_mandate m
        where m.municipality = of_municipality and m.area = (select app_area())
          and m.valid_from <= nullif(current_setting('app.day', true), '')::date
          and (m.valid_to is null or m.valid_to > nullif(current_setting('app.day', true), '')::date)))
    $$;
create or replace function app_records_functions() returns boolean language sql stable as $$
    select (select app_role()) = 'PARTNER' and exists (
        select from known.function_registrar r
        where r.partner = (select app_partner()) and r.valid_from <= current_setting('app.day')::date
          and (r.valid_to is null or r.valid_to > current_setting('app.day')::date))
$$;
create or replace function app_owns_any() returns boolean language sql stable as $$
    select exists (
        select from known.action_partner p
        where p.role = 'OWNER' and p.partner = (select app_partner())
          and (p.valid_from is null or p.valid_from <= nullif(current_setting('app.day', true), '')::date)
          and (p.valid_to is null or p.valid_to > nullif(current_setting('app.day', true), '')::date))
$$;
create or replace function app_owns(plan text, action integer) returns boolean language sql stable as $$
    select exists (
        select from known.action_partner p
        where p.plan = app_owns.plan and p.number = app_owns.action and p.role = 'OWNER' and p.partner = (select app_partner())
          and (p.valid_from is null or p.valid_from <= nullif(current_setting('app.day', true), '')::date)
          and (p.valid_to is null or p.valid_to > nullif(current_setting('app.day', true), '')::date))
$$;
create or replace function app_acts_as(of_area text) returns boolean language sql stable as $$
    select app_is_area(of_area) and exists (
        select from known.reporting_region r
        where r.area = of_area
          and (r.valid_from is null or r.valid_from <= current_setting('app.day')::date)
          and (r.valid_to is null or r.valid_to > current_setting('app.day')::date))
$$;
create or replace function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or app_is_member(of_area, app_present_day(), null)
$$;
create or replace function app_is_member(of_area text, from_day date, until_day date) returns boolean language sql stable as $$
    select (select app_role()) = 'MUNICIPALITY' and exists (
        select from known.area_membership m
        where m.area = of_area and m.municipality = any ((select app_municipalities())::text[])
          and (m.valid_from is null or until_day is null or m.valid_from < until_day)
          and (m.valid_to is null or from_day is null or m.valid_to > from_day))
$$;
create or replace function app_present_day() returns date language sql stable as $$
    select coalesce(nullif(current_setting('app.present_day', true), ''), current_setting('app.day'))::date
$$;
drop function present_action_partner, present_area, present_area_membership, present_function_registrar, present_municipality,
    present_reporting_period, present_reporting_region, present_submission_mandate;
drop procedure keep_present;
