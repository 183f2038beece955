-- The organisation that asks, told by the service where it keeps keys; and the key that a program shows.
create function app_organisation() returns text language sql stable
    as $$ select nullif(current_setting('app.organisation', true), '') $$;
create function app_feed_key() returns text language sql stable
    as $$ select nullif(current_setting('app.feed_key', true), '') $$;

-- A working table: a key is no fact, but what is done with it is an entry of the ledger. A secret has 32 random bytes, so its
-- SHA-256 cannot be reversed by trying.
create table work.feed_key (
    id text primary key check (id ~ '^[0-9]{12}$'),
    role text not null check (role in ('PARTNER', 'MUNICIPALITY', 'REGION', 'VNG', 'MINISTRY')),
    organisation text not null check (organisation <> ''),
    label text not null check (label <> ''),
    tables text[] not null check (cardinality(tables) > 0),
    created_at timestamptz not null,
    expires_on date not null,
    secret_hash bytea not null check (length(secret_hash) = 32),
    previous_hash bytea check (length(previous_hash) = 32),
    rotated_at timestamptz,
    revoked_at timestamptz,
    check ((previous_hash is null) = (rotated_at is null))
);
create index on work.feed_key (role, organisation);

create table work.feed_key_use (
    id text primary key references work.feed_key,
    used_at timestamptz not null
);

grant select, insert, update (secret_hash, previous_hash, rotated_at, revoked_at) on work.feed_key to stm_app;
grant select, insert, update (used_at) on work.feed_key_use to stm_app;

alter table work.feed_key enable row level security;
alter table work.feed_key force row level security;
create policy auditor_reads on work.feed_key for select to stm_auditor using (true);
-- "Feed keys": own; VNG and the ministry all. A program sees the one key that it shows.
create policy app_reads on work.feed_key for select to stm_app using (
    id = (select app_feed_key())
    or (role = (select app_role()) and organisation = (select app_organisation()))
    or (select app_role()) in ('VNG', 'MINISTRY'));
create policy app_adds on work.feed_key for insert to stm_app with check (
    role = (select app_role()) and organisation = (select app_organisation()));
create policy app_changes on work.feed_key for update to stm_app
    using ((role = (select app_role()) and organisation = (select app_organisation()))
        or (select app_role()) in ('VNG', 'MINISTRY'))
    with check (true);

alter table work.feed_key_use enable row level security;
alter table work.feed_key_use force row level security;
create policy auditor_reads on work.feed_key_use for select to stm_auditor using (true);
create policy app_reads on work.feed_key_use for select to stm_app using (
    exists (select from work.feed_key k where k.id = feed_key_use.id));
create policy app_adds on work.feed_key_use for insert to stm_app with check (id = (select app_feed_key()));
create policy app_changes on work.feed_key_use for update to stm_app
    using (id = (select app_feed_key())) with check (id = (select app_feed_key()));

-- down
drop table work.feed_key_use, work.feed_key;
drop function app_feed_key, app_organisation;
