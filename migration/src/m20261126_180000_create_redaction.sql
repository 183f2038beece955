-- That a free text was blanked by law, and why. The owner of the database writes it, and nobody else.
create table fact.redaction (
    like fact_columns including all,
    text_id uuid not null references free_text,
    field text not null check (field <> ''),
    reason text not null check (reason <> '')
);
create unique index on fact.redaction (text_id);
call keep_fact('redaction');
revoke insert on fact.redaction, known.redaction from stm_app;

alter table fact.redaction enable row level security;
alter table fact.redaction force row level security;
create policy auditor_reads on fact.redaction for select to stm_auditor using (true);
create policy owner_reads on fact.redaction for select to stm_owner using (true);
create policy owner_appends on fact.redaction for insert to stm_owner with check (true);
-- Whoever sees where the text stood sees why it is gone.
create policy app_reads on fact.redaction for select to stm_app using (
    exists (select from free_text t where t.id = redaction.text_id));

-- What the owner may do past the walls: blank texts, wherever they were copied to, and say so in the ledger.
create policy owner_reads on free_text for select to stm_owner using (true);
create policy owner_redacts on free_text for update to stm_owner using (true) with check (body is null);
create policy owner_reads on work.draft_answer for select to stm_owner using (true);
create policy owner_redacts on work.draft_answer for update to stm_owner using (true) with check (true);
create policy owner_redacts on ledger for insert to stm_owner with check (
    operation = 'text.redacted' and actor_role = 'SYSTEM');

-- The files of a publication tell what municipalities responded, so their bytes are a free text like any other: when the law
-- wants a response gone, they are blanked and written anew without it.
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    if exists (select from fact.publication_file) then
        raise exception 'files of publications that were made by a preview are part of a hash and cannot be moved';
    end if;
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s or kind = ''PUBLICATION'')', kinds);
end $$;
drop view known.publication_file;
alter table fact.publication_file drop column body, add column body_text uuid not null references free_text;
create index on fact.publication_file (body_text);
create view known.publication_file with (security_invoker = true) as
    select f.* from fact.publication_file f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.publication_file c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
grant select, insert on known.publication_file to stm_app;
create policy file_reads on free_text for select to stm_app using (
    kind = 'PUBLICATION' and exists (select from fact.publication_file f where f.body_text = free_text.id));
create policy file_appends on free_text for insert to stm_app with check (
    kind = 'PUBLICATION' and (select app_role()) = 'MINISTRY');
create policy owner_writes_anew on free_text for insert to stm_owner with check (kind = 'PUBLICATION');
create policy owner_reads on fact.publication for select to stm_owner using (true);
create policy owner_reads on fact.publication_content for select to stm_owner using (true);
create policy owner_reads on fact.publication_response for select to stm_owner using (true);
create policy owner_reads on fact.publication_file for select to stm_owner using (true);
create policy owner_writes_anew on fact.publication_file for insert to stm_owner with check (corrects is not null);

-- Takes a passage out of what search holds, at every moment: search shows texts and finds by their words.
create function redact_in_search(passage text) returns void language sql as $$
    update search_document d
    set body = left_over.body,
        words = setweight(to_tsvector('stm_dutch', plain_words(concat_ws(E'\n', d.title_nl, d.title_en))), 'A')
            || setweight(to_tsvector('stm_dutch',
                plain_words(concat_ws(E'\n', d.names, translate(d.key, '/-_', '   ')))), 'B')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.body, ''))), 'C')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(d.terms, ''))), 'D')
    from (
        select kind, key, ledger_no,
            nullif(btrim(replace(E'\n' || body || E'\n', E'\n' || passage || E'\n', E'\n'), E'\n'), '') as body
        from search_document where position(passage in body) > 0
    ) left_over
    where (d.kind, d.key, d.ledger_no) = (left_over.kind, left_over.key, left_over.ledger_no)
      and d.body is distinct from left_over.body
$$;
revoke execute on function redact_in_search from public;

-- A text that was blanked stays known, without its words: so a reader can tell it from one that never was.
create or replace view known.public_text with (security_invoker = true) as
    select id, ledger_no, body from free_text
    where kind = 'PUBLIC' and ledger_no <= current_setting('app.ledger_no')::bigint;

-- The facts of some entries, each with the one whose place it takes: what a reader of the ledger is told of them.
create function facts_of_entries(numbers bigint[])
    returns table (ledger_no bigint, table_name text, fact jsonb, before jsonb) language plpgsql stable as $$
declare
    t name;
begin
    for t in select relname from pg_class where relnamespace = 'fact'::regnamespace and relkind = 'r' order by 1 loop
        return query execute format(
            'select f.ledger_no, %L::text, to_jsonb(f), to_jsonb(b) from fact.%I f left join fact.%I b on b.id = f.corrects
             where f.ledger_no = any ($1)', t, t, t)
            using numbers;
    end loop;
end $$;

-- down
drop function facts_of_entries;
create or replace view known.public_text with (security_invoker = true) as
    select id, ledger_no, body from free_text
    where kind = 'PUBLIC' and body is not null and ledger_no <= current_setting('app.ledger_no')::bigint;
drop function redact_in_search;
drop policy owner_writes_anew on fact.publication_file;
drop policy owner_reads on fact.publication_file;
drop policy owner_reads on fact.publication_response;
drop policy owner_reads on fact.publication_content;
drop policy owner_reads on fact.publication;
drop policy owner_writes_anew on free_text;
drop policy file_appends on free_text;
drop policy file_reads on free_text;
drop view known.publication_file;
alter table fact.publication_file drop column body_text, add column body text not null;
create view known.publication_file with (security_invoker = true) as
    select f.* from fact.publication_file f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint
      and not f.withdrawn
      and not exists (
          select from fact.publication_file c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
grant select, insert on known.publication_file to stm_app;
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s)',
        replace(kinds, ' OR (kind = ''PUBLICATION''::text)', ''));
end $$;
drop policy owner_redacts on ledger;
drop policy owner_redacts on work.draft_answer;
drop policy owner_reads on work.draft_answer;
drop policy owner_redacts on free_text;
drop policy owner_reads on free_text;
drop view known.redaction;
drop table fact.redaction;
