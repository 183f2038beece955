-- Whether a database holds what is real or what is invented: said once, before its first fact, and for ever.
create table database_kind (
    only_row boolean primary key default true check (only_row),
    kind text not null check (kind in ('REAL', 'DEMO'))
);
insert into database_kind (kind) select 'REAL' from ledger_head where number > 0;
grant select, insert on database_kind to stm_app;

-- Whether the program may invent what only municipalities and VNG bring in otherwise.
create function app_invents() returns boolean language sql stable as $$
    select (select app_role()) = 'SYSTEM' and exists (select from database_kind where kind = 'DEMO')
$$;
create policy demo_appends on fact.assessment_version for insert to stm_app with check ((select app_invents()));
create policy demo_appends on fact.answer for insert to stm_app with check ((select app_invents()));
create policy demo_appends on fact.review_decision for insert to stm_app with check ((select app_invents()));
create policy demo_appends on free_text for insert to stm_app with check ((select app_invents()));

-- down
drop policy demo_appends on free_text;
drop policy demo_appends on fact.review_decision;
drop policy demo_appends on fact.answer;
drop policy demo_appends on fact.assessment_version;
drop function app_invents;
drop table database_kind;
