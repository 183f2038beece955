-- A policy that people record is somebody's: of one municipality, or of an area. The data set tells only what is printed.
alter table fact.policy_document add column municipality text;
alter table fact.policy_document add column area text;
alter table fact.policy_document add column revised_on date;
alter table fact.policy_document add constraint policy_document_place_check check (municipality is null or area is null);

-- Shows a table of facts anew, after it got a column.
create procedure show_fact(name text) language plpgsql as $$
begin
    execute format('create or replace view known.%1$I with (security_invoker = true) as
        select f.* from fact.%1$I f
        where f.ledger_no <= current_setting(''app.ledger_no'')::bigint
          and not f.withdrawn
          and not exists (
              select from fact.%1$I c
              where c.corrects = f.id and c.ledger_no <= current_setting(''app.ledger_no'')::bigint)', name);
end $$;
call show_fact('policy_document');

-- The area that a region acts for, while VNG has it registered.
create function app_area() returns text language sql stable
    as $$ select nullif(current_setting('app.area', true), '') $$;
-- "Policy adoption, function assignment": a municipality its own, a region its members and itself, VNG all.
create function app_writes_at(of_municipality text, of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM')
        or (of_area is null and app_writes_for(of_municipality))
        or (of_municipality is null and (select app_role()) = 'REGION' and of_area = (select app_area()))
$$;

-- What a row takes the place of must be as much one's own as the row.
drop policy app_appends on fact.policy_document;
create policy app_appends on fact.policy_document for insert to stm_app with check (
    app_writes_at(municipality, area)
    and (corrects is null
        or exists (select from fact.policy_document o where o.id = corrects and app_writes_at(o.municipality, o.area))));
drop policy app_appends on fact.policy_adoption;
create policy app_appends on fact.policy_adoption for insert to stm_app with check (
    app_writes_at(municipality, null)
    and (corrects is null
        or exists (select from fact.policy_adoption o where o.id = corrects and app_writes_at(o.municipality, null))));
-- No operation records what a document says; the import does.
drop policy app_appends on fact.policy_provision;
create policy app_appends on fact.policy_provision for insert to stm_app with check ((select app_role()) = 'SYSTEM');

-- What a municipality has said of its policy, from a day on: the latest word that holds on the day counts.
create table fact.policy_declaration (
    like fact_columns including all,
    municipality text not null,
    state text not null check (state in ('NONE_DECLARED', 'IN_DEVELOPMENT', 'BEING_UPDATED')),
    check (valid_from is not null)
);
call keep_fact('policy_declaration');
alter table fact.policy_declaration enable row level security;
alter table fact.policy_declaration force row level security;
create policy auditor_reads on fact.policy_declaration for select to stm_auditor using (true);
create policy app_reads on fact.policy_declaration for select to stm_app using (true);
-- That there is none, nobody says but the municipality itself.
create policy app_appends on fact.policy_declaration for insert to stm_app with check (
    app_writes_at(municipality, null) and (state <> 'NONE_DECLARED' or (select app_role()) in ('MUNICIPALITY', 'SYSTEM')));

-- down
drop view known.policy_declaration;
drop table fact.policy_declaration;
drop policy app_appends on fact.policy_provision;
create policy app_appends on fact.policy_provision for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION'));
drop policy app_appends on fact.policy_adoption;
create policy app_appends on fact.policy_adoption for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION'));
drop policy app_appends on fact.policy_document;
create policy app_appends on fact.policy_document for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION'));
drop function app_writes_at, app_area;
drop procedure show_fact;
-- A view keeps its columns while others read it; here they are empty again.
create or replace view known.policy_document with (security_invoker = true) as
    select f.id, f.ledger_no, f.subject_key, f.valid_from, f.valid_to, f.corrects, f.withdrawn, f.source_document,
        f.source_lines, f.note, f.key, f.title_nl, f.level, f.area_name, f.ends_on, f.ends_on_text, f.reference,
        null::text as municipality, null::text as area, null::date as revised_on
    from fact.policy_document f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint and not f.withdrawn
      and not exists (
          select from fact.policy_document c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
alter table fact.policy_document drop column municipality, drop column area, drop column revised_on;
