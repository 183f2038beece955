-- Who reported, when no document says it: the key of the partner, or MINISTRY.
alter table fact.status_report add column reported_by text check (reported_by <> '');
alter table fact.action_result add column reported_by text check (reported_by <> '');
alter table fact.measurement add column reported_by text check (reported_by <> '');

-- An action that ends has a first day on which it no longer holds, and the reason.
alter table fact.action
    add column end_reason_nl text check (end_reason_nl <> ''),
    add column end_reason_en text check (end_reason_en <> ''),
    add check ((end_reason_nl is null) = (end_reason_en is null)),
    add check (end_reason_nl is null or valid_to is not null);

-- Shows the columns that a table of facts was given after its view was made.
create procedure show_new_columns(name text) language plpgsql as $$
begin
    execute format('create or replace view known.%1$I with (security_invoker = true) as
        select f.* from fact.%1$I f
        where f.ledger_no <= current_setting(''app.ledger_no'')::bigint
          and not f.withdrawn
          and not exists (
              select from fact.%1$I c
              where c.corrects = f.id and c.ledger_no <= current_setting(''app.ledger_no'')::bigint)', name);
end $$;
call show_new_columns('status_report');
call show_new_columns('action_result');
call show_new_columns('measurement');
call show_new_columns('action');

-- Whether a partner owns an action today, by what is known now: the ministry assigns owners, from a day and to a day.
create or replace function app_owns(plan text, action integer) returns boolean language sql stable as $$
    select exists (
        select from known.action_partner p
        where p.plan = app_owns.plan and p.number = app_owns.action and p.role = 'OWNER' and p.partner = (select app_partner())
          and (p.valid_from is null or p.valid_from <= nullif(current_setting('app.day', true), '')::date)
          and (p.valid_to is null or p.valid_to > nullif(current_setting('app.day', true), '')::date))
$$;

-- "Status report, result, measurement": an owner its own actions and its own earlier words; the ministry all.
drop policy app_appends on fact.action_result;
create policy app_appends on fact.action_result for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('PARTNER', 'VNG') and reported_by = (select app_partner()) and app_owns(plan, number)
        and (corrects is null or exists (
            select from fact.action_result before
            where before.id = action_result.corrects and before.reported_by = (select app_partner())))));
drop policy app_appends on fact.measurement;
create policy app_appends on fact.measurement for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('PARTNER', 'VNG') and reported_by = (select app_partner()) and app_owns(plan, action)
        and (corrects is null or exists (
            select from fact.measurement before
            where before.id = measurement.corrects and before.reported_by = (select app_partner())))));
drop policy app_appends on fact.activity;
create policy app_appends on fact.activity for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('PARTNER', 'VNG') and app_owns(plan, number)));

-- What an owner says of a result or a measurement is public at once.
create policy owners_append on free_text for insert to stm_app with check (
    kind = 'PUBLIC' and (select app_role()) in ('PARTNER', 'VNG'));

-- down
drop policy owners_append on free_text;
do $$
declare
    t text;
    search text := pg_get_viewdef('search_source'::regclass);
begin
    foreach t in array array['action_result', 'measurement', 'activity'] loop
        execute format('drop policy app_appends on fact.%I', t);
        execute format('create policy app_appends on fact.%I for insert to stm_app with check ((select app_role()) = any (%L::text[]))',
            t, array['SYSTEM', 'MINISTRY', 'PARTNER', 'VNG']);
    end loop;
    drop view search_source;
    drop view known.status_report, known.action_result, known.measurement, known.action;
    alter table fact.status_report drop column reported_by;
    alter table fact.action_result drop column reported_by;
    alter table fact.measurement drop column reported_by;
    alter table fact.action drop column end_reason_nl, drop column end_reason_en;
    foreach t in array array['status_report', 'action_result', 'measurement', 'action'] loop
        call show_new_columns(t);
        execute format('grant select, insert on known.%I to stm_app', t);
    end loop;
    execute 'create view search_source with (security_invoker = true) as ' || search;
    grant select on search_source to stm_app, stm_auditor;
end $$;
create or replace function app_owns(plan text, action integer) returns boolean language sql stable as $$
    select exists (
        select from known.action_partner p
        where p.plan = app_owns.plan and p.number = app_owns.action and p.role = 'OWNER' and p.partner = (select app_partner()))
$$;
drop procedure show_new_columns;
