-- Words that stand in a fact itself can be blanked by law too, in their place. What they were no digest can hold any more, so that the
-- entry which says that they are gone holds the digest of what is left of the entry that they stood in.
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s or kind = ''REDACTED'')', kinds);
end $$;
-- What the words were is told by their digest, in the place of a text that never stood there.
alter table free_text add constraint redacted_is_blank check (kind <> 'REDACTED' or body is null);
create policy digests_read on free_text for select to stm_app using (
    kind = 'REDACTED' and exists (select from ledger l where l.number = free_text.ledger_no));
create policy owner_keeps_digests on free_text for insert to stm_owner with check (kind = 'REDACTED');

-- Where the words stood, the digest of what they were, and what is left of the entry.
alter table fact.redaction
    add column fact_table text check (fact_table <> ''),
    add column fact_id uuid,
    add column words_text uuid references free_text,
    add column entry_no bigint references ledger,
    add column entry_digest bytea check (length(entry_digest) = 32),
    add constraint redaction_place check (
        num_nonnulls(fact_table, fact_id, words_text, entry_no, entry_digest) in (0, 5) and words_text = text_id);
create index on fact.redaction (entry_no);
create index on fact.redaction (fact_table);
call show_new_columns('redaction');

-- Whether this transaction is one of the owner's that blanks by law. Only then the owner reads facts, to find every copy and to
-- compute what is left, and changes them. A function that runs as the owner for somebody else is none.
create function redacts() returns boolean language sql stable as $$
    select current_setting('app.redacts', true) = 'yes' and pg_has_role(session_user, 'stm_owner', 'member')
$$;
create policy owner_reads_to_redact on ledger for select to stm_owner using ((select redacts()));

-- Lets the owner blank words in a table of facts; each new one calls it.
create procedure let_redact(name text) language plpgsql as $$
begin
    execute format('create policy owner_reads_to_redact on fact.%I for select to stm_owner using ((select redacts()))', name);
    execute format('create policy owner_redacts_words on fact.%I for update to stm_owner
        using ((select redacts())) with check ((select redacts()))', name);
end $$;
do $$
declare
    t name;
begin
    for t in select relname from pg_class
        where relnamespace = 'fact'::regnamespace and relkind = 'r' and relname <> 'redaction' order by 1 loop
        call let_redact(t);
    end loop;
end $$;

-- Takes a passage out of what search holds, at every moment: of texts, names and what a thing is linked to the line goes, and in the
-- place of a title stands what stands in its fact.
create or replace function redact_in_search(passage text) returns void language sql as $$
    update search_document d
    set title_nl = left_over.title_nl, title_en = left_over.title_en, names = left_over.names, body = left_over.body,
        terms = left_over.terms,
        words = setweight(to_tsvector('stm_dutch', plain_words(concat_ws(E'\n', left_over.title_nl, left_over.title_en))), 'A')
            || setweight(to_tsvector('stm_dutch',
                plain_words(concat_ws(E'\n', left_over.names, translate(d.key, '/-_', '   ')))), 'B')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.body, ''))), 'C')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.terms, ''))), 'D')
    from (
        select kind, key, ledger_no,
            case title_nl when passage then '[geschrapt]' else title_nl end as title_nl,
            case title_en when passage then '[redacted]' else title_en end as title_en,
            nullif(btrim(replace(E'\n' || names || E'\n', E'\n' || passage || E'\n', E'\n'), E'\n'), '') as names,
            nullif(btrim(replace(E'\n' || body || E'\n', E'\n' || passage || E'\n', E'\n'), E'\n'), '') as body,
            nullif(btrim(replace(terms, passage, ''), E' \n'), '') as terms
        from search_document where position(passage in concat_ws(E'\n', title_nl, title_en, names, body, terms)) > 0
    ) left_over
    where (d.kind, d.key, d.ledger_no) = (left_over.kind, left_over.key, left_over.ledger_no)
      and (d.title_nl, d.title_en, d.names, d.body, d.terms) is distinct from
        (left_over.title_nl, left_over.title_en, left_over.names, left_over.body, left_over.terms)
$$;

-- down
create or replace function redact_in_search(passage text) returns void language sql as $$
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
do $$
declare
    t name;
begin
    for t in select relname from pg_class
        where relnamespace = 'fact'::regnamespace and relkind = 'r' and relname <> 'redaction' order by 1 loop
        execute format('drop policy owner_redacts_words on fact.%I', t);
        execute format('drop policy owner_reads_to_redact on fact.%I', t);
    end loop;
end $$;
drop procedure let_redact;
drop policy owner_reads_to_redact on ledger;
drop function redacts;
drop view known.redaction;
alter table fact.redaction drop column fact_table, drop column fact_id, drop column words_text, drop column entry_no,
    drop column entry_digest;
call show_new_columns('redaction');
grant select on known.redaction to stm_app;
drop policy owner_keeps_digests on free_text;
drop policy digests_read on free_text;
alter table free_text drop constraint redacted_is_blank;
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s) not valid',
        replace(kinds, ' OR (kind = ''REDACTED''::text)', ''));
end $$;
