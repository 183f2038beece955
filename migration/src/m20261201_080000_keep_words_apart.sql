-- What people write of who fills a function, that nobody does, or how actions hang together is a text apart from the fact, so that the law can
-- have it blanked. The words of before, and those of data files, stay where they are: the digests of their entries hold them.
alter table fact.function_vacancy
    alter column text_nl drop not null,
    add column words_text uuid references free_text,
    add constraint function_vacancy_words check (num_nonnulls(text_nl, words_text) = 1);
create index on fact.function_vacancy (words_text);
call show_new_columns('function_vacancy');

alter table fact.function_assignment
    alter column text_nl drop not null,
    add column words_text uuid references free_text,
    add constraint function_assignment_words check (num_nonnulls(text_nl, words_text) = 1);
create index on fact.function_assignment (words_text);
call show_new_columns('function_assignment');

alter table fact.action_relation
    add column words_text uuid references free_text,
    add constraint action_relation_words check (num_nonnulls(text_nl, words_text) <= 1);
create index on fact.action_relation (words_text);
call show_new_columns('action_relation');

-- Who fills a function, and that nobody does, is public at once, and written by those who may record it.
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s or kind = ''FUNCTION'')', kinds);
end $$;
create policy functions_read on free_text for select to stm_app using (kind = 'FUNCTION');
create policy functions_append on free_text for insert to stm_app with check (
    kind = 'FUNCTION' and ((select app_role()) in ('VNG', 'MUNICIPALITY', 'REGION') or (select app_records_functions())));
create or replace view known.public_text with (security_invoker = true) as
    select id, ledger_no, body from free_text
    where kind in ('PUBLIC', 'FUNCTION') and ledger_no <= current_setting('app.ledger_no')::bigint;

-- down
create or replace view known.public_text with (security_invoker = true) as
    select id, ledger_no, body from free_text
    where kind = 'PUBLIC' and ledger_no <= current_setting('app.ledger_no')::bigint;
drop policy functions_append on free_text;
drop policy functions_read on free_text;
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s) not valid',
        replace(kinds, ' OR (kind = ''FUNCTION''::text)', ''));
end $$;
drop view known.function_vacancy, known.function_assignment, known.action_relation;
alter table fact.function_vacancy drop column words_text, alter column text_nl set not null;
alter table fact.function_assignment drop column words_text, alter column text_nl set not null;
alter table fact.action_relation drop column words_text;
call show_new_columns('function_vacancy');
call show_new_columns('function_assignment');
call show_new_columns('action_relation');
grant select, insert on known.function_vacancy, known.function_assignment, known.action_relation to stm_app;
