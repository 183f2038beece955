-- Where an organisation wants to be told, once a day, what waits for it: a functional mailbox, never one of a person. It is no
-- fact and stands in no ledger: whoever withdraws it leaves nothing of it behind.
create table work.functional_mailbox (
    role text not null check (role in ('PARTNER', 'MUNICIPALITY', 'REGION', 'VNG', 'MINISTRY')),
    organisation text not null check (organisation <> ''),
    address text not null check (address ~ '^[a-z0-9._+-]+@[a-z0-9.-]+$' and length(address) <= 254),
    registered_at timestamptz not null,
    primary key (role, organisation)
);

-- What is to be sent and what became of it: one row of an organisation and a day, so that nobody is told twice. Its text is kept
-- from when it is made until it is delivered, so that a repeat is the same mail to the letter. Whoever delivers it takes it by
-- its lock and sets the next try to when another may.
create table work.digest (
    role text not null check (role in ('PARTNER', 'MUNICIPALITY', 'REGION', 'VNG', 'MINISTRY')),
    organisation text not null check (organisation <> ''),
    day date not null,
    state text not null check (state in ('NOTHING_OPEN', 'WAITING', 'SENT', 'REFUSED', 'REPLACED', 'WITHDRAWN')),
    message_id text not null check (message_id ~ '^<[^<>@[:space:]]+@[^<>@[:space:]]+>$'),
    made_at timestamptz not null,
    subject text check (subject <> ''),
    body text check (body <> ''),
    tries integer not null check (tries >= 0),
    next_try_at timestamptz,
    settled_at timestamptz,
    primary key (role, organisation, day),
    check ((state = 'WAITING') = (subject is not null)),
    check ((state = 'WAITING') = (body is not null)),
    check ((state = 'WAITING') = (next_try_at is not null)),
    check ((state = 'WAITING') = (settled_at is null))
);
create index on work.digest (next_try_at) where state = 'WAITING';

grant select, insert, update (address, registered_at), delete on work.functional_mailbox to stm_app;
grant select, insert, update (state, subject, body, tries, next_try_at, settled_at), delete on work.digest to stm_app;

-- "Notices": own. Of an officer of several municipalities each of them sees the mailbox and withdraws it. The service itself, which
-- no token speaks as, reads all of them to send.
alter table work.functional_mailbox enable row level security;
alter table work.functional_mailbox force row level security;
create policy auditor_reads on work.functional_mailbox for select to stm_auditor using (true);
create policy app_reads on work.functional_mailbox for select to stm_app using (
    (role = (select app_role())
        and string_to_array(organisation, '+') && string_to_array((select app_organisation()), '+'))
    or (select app_role()) = 'SYSTEM');
create policy app_adds on work.functional_mailbox for insert to stm_app with check (
    role = (select app_role()) and organisation = (select app_organisation()));
create policy app_changes on work.functional_mailbox for update to stm_app
    using (role = (select app_role()) and organisation = (select app_organisation()))
    with check (role = (select app_role()) and organisation = (select app_organisation()));
create policy app_removes on work.functional_mailbox for delete to stm_app using (
    role = (select app_role())
    and string_to_array(organisation, '+') && string_to_array((select app_organisation()), '+'));

alter table work.digest enable row level security;
alter table work.digest force row level security;
create policy auditor_reads on work.digest for select to stm_auditor using (true);
create policy app_reads on work.digest for select to stm_app using (
    (role = (select app_role())
        and string_to_array(organisation, '+') && string_to_array((select app_organisation()), '+'))
    or (select app_role()) = 'SYSTEM');
create policy app_adds on work.digest for insert to stm_app with check ((select app_role()) = 'SYSTEM');
-- Who withdraws a mailbox takes back what waits for it.
create policy app_changes on work.digest for update to stm_app
    using ((role = (select app_role())
            and string_to_array(organisation, '+') && string_to_array((select app_organisation()), '+'))
        or (select app_role()) = 'SYSTEM')
    with check (state = 'WITHDRAWN' or (select app_role()) = 'SYSTEM');
create policy app_removes on work.digest for delete to stm_app using ((select app_role()) = 'SYSTEM');

-- down
drop table work.digest, work.functional_mailbox;
