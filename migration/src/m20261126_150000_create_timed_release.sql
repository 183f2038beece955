-- What has been decided and becomes known at an instant that has not come yet: an embargo. Whoever opens a transaction at
-- or after the instant carries it out first, so a read before does not see it and a read at the instant does.
create table work.timed_release (
    kind text not null check (kind in ('MONITORING_ROUND', 'PUBLICATION')),
    key text not null check (key <> ''),
    release_at timestamptz not null,
    -- What was decided, as the kind needs it.
    decision jsonb not null,
    -- The pseudonym of whoever decided, for the ministry: the actor of the entries to come.
    decided_by text,
    primary key (kind, key)
);
create index on work.timed_release (release_at);
grant select, insert, delete on work.timed_release to stm_app;

alter table work.timed_release enable row level security;
alter table work.timed_release force row level security;
create policy auditor_reads on work.timed_release for select to stm_auditor using (true);
-- Whoever opens a transaction learns whether something is due; no field of the contract tells more of it.
create policy app_reads on work.timed_release for select to stm_app using (true);
create policy app_adds on work.timed_release for insert to stm_app with check ((select app_role()) = 'MINISTRY');
create policy app_removes on work.timed_release for delete to stm_app using ((select app_role()) = 'MINISTRY');

-- down
drop table work.timed_release;
