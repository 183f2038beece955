-- Facts are appended, the present is a query.
--   fact.*   tables of facts: insert and select only
--   known.*  one view per table of facts: the rows that are known at the ledger number of this transaction
--   work.*   working tables: mutable, without ledger
revoke create on schema public from public;
create schema fact;
create schema known;
create schema work;
grant usage on schema public, fact, known, work to stm_app, stm_auditor;
alter default privileges in schema public grant select on tables to stm_auditor;
alter default privileges in schema fact grant select on tables to stm_auditor;
alter default privileges in schema known grant select on tables to stm_auditor;
alter default privileges in schema work grant select on tables to stm_auditor;

-- The last entry. Locked by every writer, so entries are gapless and committed in their order.
create table ledger_head (
    only_row boolean primary key default true check (only_row),
    number bigint not null check (number >= 0),
    hash bytea not null check (length(hash) = 32),
    recorded_at timestamptz not null
);
insert into ledger_head (number, hash, recorded_at)
values (0, decode(repeat('00', 32), 'hex'), '2000-01-01T00:00:00Z');
grant select, update on ledger_head to stm_app;

create table ledger (
    number bigint primary key check (number > 0),
    form smallint not null,
    recorded_at timestamptz not null,
    actor_role text not null,
    actor_organisation text,
    actor_subject text,
    operation text not null,
    subject_kind text not null,
    subject_key text not null,
    source_document text,
    source_place text,
    part text not null check (part in ('PUBLIC', 'PLAN', 'COMPLIANCE')),
    municipality text,
    period text,
    nonce bytea not null check (length(nonce) = 16),
    digest bytea not null check (length(digest) = 32),
    previous_hash bytea not null check (length(previous_hash) = 32),
    hash bytea not null check (length(hash) = 32)
);
create index on ledger (subject_kind, subject_key);

-- One row per transaction, so that an instant resolves to a ledger number for everyone alike. The ledger itself
-- is under row-level security, where max() sees only the actor's own rows.
create table ledger_instant (
    number bigint primary key references ledger deferrable initially deferred,
    recorded_at timestamptz not null unique
);
grant select, insert on ledger_instant to stm_app;

-- Who asks, told by the service at the start of each transaction; '' is what a pooled connection keeps of a
-- setting after commit, and means: nobody.
create function app_role() returns text language sql stable
    as $$ select nullif(current_setting('app.role', true), '') $$;
create function app_municipalities() returns text[] language sql stable
    as $$ select string_to_array(nullif(current_setting('app.municipalities', true), ''), ',') $$;
create function app_subjects() returns text[] language sql stable
    as $$ select string_to_array(nullif(current_setting('app.subjects', true), ''), ',') $$;

alter table ledger enable row level security;
alter table ledger force row level security;
create policy auditor_reads on ledger for select to stm_auditor using (true);
create policy app_reads on ledger for select to stm_app using (
    part = 'PUBLIC'
    or (select app_role()) = 'SYSTEM'
    or (part = 'PLAN' and (select app_role()) = 'MINISTRY')
    or (part = 'COMPLIANCE' and (
        (select app_role()) = 'VNG'
        or ((select app_role()) in ('MUNICIPALITY', 'REGION')
            and (municipality = any ((select app_municipalities())::text[])
                or municipality || '/' || period = any ((select app_subjects())::text[])))
    ))
);
-- Those who change something today; a role that comes to change something is added with its mutation.
create policy app_appends on ledger for insert to stm_app with check (
    (select app_role()) in ('MUNICIPALITY', 'VNG', 'SYSTEM') and actor_role = (select app_role()));
grant select, insert on ledger to stm_app;

-- Free text stands apart, so that it can be blanked by law while every hash still holds: a fact's digest holds
-- the digest of the text, sha256(nonce || text), and never the text.
create table free_text (
    id uuid primary key,
    ledger_no bigint not null references ledger deferrable initially deferred,
    kind text not null check (kind in ('PUBLIC', 'ANSWER')),
    nonce bytea not null check (length(nonce) = 16),
    digest bytea not null check (length(digest) = 32),
    body text check (body <> ''),
    redacted_by bigint references ledger deferrable initially deferred,
    check ((body is null) = (redacted_by is not null))
);
create index on free_text (ledger_no);
grant select, insert on free_text to stm_app;

-- The columns that every table of facts begins with.
create table fact_columns (
    id uuid primary key,
    ledger_no bigint not null,
    subject_key text not null check (subject_key <> ''),
    valid_from date,
    valid_to date,
    corrects uuid unique,
    withdrawn boolean not null default false,
    source_document text check (source_document <> ''),
    source_lines text check (source_lines <> ''),
    note text check (note <> ''),
    check (valid_from < valid_to),
    check (corrects is not null or not withdrawn)
);
create index on fact_columns (ledger_no);
create index on fact_columns (subject_key);

-- Makes a table of facts of a table in schema fact that was created `like fact_columns including all`.
-- A row is known at N when its number is at most N and no row of at most N corrects it. A row corrects one of the same
-- subject only: foreign keys are checked past row-level security.
create procedure keep_fact(name text) language plpgsql as $$
begin
    execute format('alter table fact.%1$I
        add foreign key (ledger_no) references ledger deferrable initially deferred,
        add unique (id, subject_key),
        add foreign key (corrects, subject_key) references fact.%1$I (id, subject_key)', name);
    execute format('create view known.%1$I with (security_invoker = true) as
        select f.* from fact.%1$I f
        where f.ledger_no <= current_setting(''app.ledger_no'')::bigint
          and not f.withdrawn
          and not exists (
              select from fact.%1$I c
              where c.corrects = f.id and c.ledger_no <= current_setting(''app.ledger_no'')::bigint)', name);
    execute format('grant select, insert on fact.%1$I, known.%1$I to stm_app', name);
end $$;

-- Every fact of a span of ledger numbers as JSON, for the digest: when an entry is made and when it is verified.
create function facts_between(first_number bigint, last_number bigint)
    returns table (ledger_no bigint, table_name text, fact jsonb) language plpgsql stable as $$
declare
    t name;
begin
    for t in select relname from pg_class where relnamespace = 'fact'::regnamespace and relkind = 'r' order by 1 loop
        return query execute format(
            'select f.ledger_no, %L::text, to_jsonb(f) from fact.%I f where f.ledger_no between $1 and $2', t, t)
            using first_number, last_number;
    end loop;
end $$;

-- down
drop function facts_between;
drop procedure keep_fact;
drop table fact_columns, free_text, ledger_instant, ledger, ledger_head;
drop function app_role, app_municipalities, app_subjects;
alter default privileges in schema public revoke select on tables from stm_auditor;
alter default privileges in schema fact revoke select on tables from stm_auditor;
alter default privileges in schema known revoke select on tables from stm_auditor;
alter default privileges in schema work revoke select on tables from stm_auditor;
drop schema work;
drop schema known;
drop schema fact;
