-- Which safe group is withheld beside an unsafe one is chosen in an order that nobody outside can compute: were it the smallest that is
-- left, a larger one that is withheld would be known to be almost uniform. The order is keyed by a secret that is made once, here, and
-- stays: it goes into every backup, which is made as the auditor, and the application reads the order and never the secret.
create table work.withholding_key (
    only_row boolean primary key default true check (only_row),
    secret bytea not null check (length(secret) = 32)
);
insert into work.withholding_key (secret)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
alter table work.withholding_key enable row level security;
alter table work.withholding_key force row level security;
create policy auditor_reads on work.withholding_key for select to stm_auditor using (true);
create policy owner_reads on work.withholding_key for select to stm_owner using (true);

-- The areas of a period in that order, for those who prepare a publication. Hashing twice under the key is what HMAC does, with a key of
-- one fixed length.
create function withholding_order(of_period text, areas text[]) returns text[]
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(array_agg(a.code
        order by sha256(k.secret || sha256(k.secret || convert_to(of_period || ' ' || a.code, 'UTF8'))), a.code), '{}')
    from unnest(areas) a(code), work.withholding_key k
    where (select app_role()) in ('MINISTRY', 'VNG', 'SYSTEM')
$$;
revoke execute on function withholding_order from public;
grant execute on function withholding_order to stm_app;

-- down
drop function withholding_order;
drop table work.withholding_key;
