-- The day that an answer tells of and the day on which somebody may see it are two: duties are seen by whoever is a member today, also
-- when an earlier day is told of. Whoever sets no present day tells of it.
create function app_present_day() returns date language sql stable as $$
    select coalesce(nullif(current_setting('app.present_day', true), ''), current_setting('app.day'))::date
$$;
create or replace function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or app_is_member(of_area, app_present_day(), null)
$$;

-- down
create or replace function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or app_is_member(of_area, current_setting('app.day')::date, null)
$$;
drop function app_present_day;
