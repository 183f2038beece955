-- The browser that asks: what its rows are known by, told by the service where it looks for them.
create function app_browser() returns text language sql stable
    as $$ select nullif(current_setting('app.browser', true), '') $$;
-- The instant of the transaction, by the clock of the service.
create function app_instant() returns timestamptz language sql stable
    as $$ select nullif(current_setting('app.instant', true), '')::timestamptz $$;

-- Working tables: a session is no fact, and nothing of a person is in it. The token is sealed with a key that the browser alone has.
create table work.browser_session (
    id text primary key check (id ~ '^[0-9a-f]{64}$'),
    sealed_token bytea not null check (length(sealed_token) between 29 and 16384),
    expires_at timestamptz not null
);
create index on work.browser_session (expires_at);

-- A browser that was sent to an issuer to sign in, and has not come back yet.
create table work.sign_in (
    id text primary key check (id ~ '^[0-9a-f]{64}$'),
    issuer text not null check (issuer <> ''),
    return_to text not null check (return_to ~ '^/werkplek([/?]|$)' and length(return_to) <= 512),
    expires_at timestamptz not null
);
create index on work.sign_in (expires_at);

grant select, insert, delete on work.browser_session, work.sign_in to stm_app;

alter table work.browser_session enable row level security;
alter table work.browser_session force row level security;
create policy auditor_reads on work.browser_session for select to stm_auditor using (true);
-- A browser sees its own row; what has ended is seen to be forgotten.
create policy app_reads on work.browser_session for select to stm_app using (id = app_browser() or expires_at < app_instant());
create policy app_adds on work.browser_session for insert to stm_app with check (id = app_browser());
create policy app_removes on work.browser_session for delete to stm_app using (id = app_browser() or expires_at < app_instant());
create policy owner_ends on work.browser_session for delete to stm_owner using (true);

alter table work.sign_in enable row level security;
alter table work.sign_in force row level security;
create policy auditor_reads on work.sign_in for select to stm_auditor using (true);
create policy app_reads on work.sign_in for select to stm_app using (id = app_browser() or expires_at < app_instant());
create policy app_adds on work.sign_in for insert to stm_app with check (id = app_browser());
create policy app_removes on work.sign_in for delete to stm_app using (id = app_browser() or expires_at < app_instant());
create policy owner_ends on work.sign_in for delete to stm_owner using (true);

-- down
drop table work.sign_in, work.browser_session;
drop function app_browser, app_instant;
