-- A state is known by its hash and not by its number: a database that was restored may reach the same number with other content. So the
-- hash stands beside the number that everybody may know, and not behind the wall of the ledger alone.
alter table ledger_instant add column hash bytea check (length(hash) = 32);
-- Under force even the owner sees no rows, and would copy none.
alter table ledger no force row level security;
update ledger_instant i set hash = l.hash from ledger l where l.number = i.number;
alter table ledger force row level security;
alter table ledger_instant alter column hash set not null;

-- The beginning of a hash, as positions, cursors and tags hold it.
create function hash_start(hash bytea) returns bigint language sql immutable strict
    as $$ select ('x' || encode(substr(hash, 1, 8), 'hex'))::bit(64)::bigint $$;

-- What seals cursors, so that every instance reads those of every other and none takes one that was rewritten. It is made once, is never
-- changed and goes along with every backup; a dump that holds it is as confidential as the rest of it. What was handed out before bears no
-- seal and no hash, and names no number above this one.
create table position_seal (
    only_row boolean primary key default true check (only_row),
    key bytea not null check (length(key) = 32),
    after_number bigint not null check (after_number >= 0)
);
insert into position_seal (key, after_number)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), number from ledger_head;
grant select on position_seal to stm_app;

-- down
drop table position_seal;
drop function hash_start;
alter table ledger_instant drop column hash;
