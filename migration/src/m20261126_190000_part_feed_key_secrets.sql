-- What opens a key stands apart from what is told of it: whoever lists keys reads no hash, whoever oversees them plants none. A
-- program reads the one hash that it is compared with.
create table work.feed_key_secret (
    id text primary key references work.feed_key,
    secret_hash bytea not null check (length(secret_hash) = 32),
    previous_hash bytea check (length(previous_hash) = 32)
);

-- Under force even the owner sees no rows, and would copy none.
alter table work.feed_key no force row level security;
insert into work.feed_key_secret (id, secret_hash, previous_hash) select id, secret_hash, previous_hash from work.feed_key;
alter table work.feed_key drop column secret_hash, drop column previous_hash;
alter table work.feed_key force row level security;

grant select, insert, update (secret_hash, previous_hash) on work.feed_key_secret to stm_app;

alter table work.feed_key_secret enable row level security;
alter table work.feed_key_secret force row level security;
create policy auditor_reads on work.feed_key_secret for select to stm_auditor using (true);
create policy app_reads on work.feed_key_secret for select to stm_app using (id = (select app_feed_key()));
create policy app_adds on work.feed_key_secret for insert to stm_app with check (
    exists (select from work.feed_key k
        where k.id = feed_key_secret.id and k.role = (select app_role()) and k.organisation = (select app_organisation())));
create policy app_changes on work.feed_key_secret for update to stm_app
    using (exists (select from work.feed_key k
        where k.id = feed_key_secret.id and k.role = (select app_role()) and k.organisation = (select app_organisation())))
    with check (id = (select app_feed_key()));

-- down
alter table work.feed_key no force row level security;
alter table work.feed_key_secret no force row level security;
alter table work.feed_key add column secret_hash bytea check (length(secret_hash) = 32),
    add column previous_hash bytea check (length(previous_hash) = 32);
update work.feed_key k set secret_hash = s.secret_hash, previous_hash = s.previous_hash
from work.feed_key_secret s where s.id = k.id;
alter table work.feed_key alter column secret_hash set not null,
    add check ((previous_hash is null) = (rotated_at is null));
grant update (secret_hash, previous_hash) on work.feed_key to stm_app;
alter table work.feed_key force row level security;
drop table work.feed_key_secret;
