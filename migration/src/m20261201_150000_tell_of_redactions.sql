-- A redaction blanks words where they stand, so a table may change without a new row. Whether there was one since is told to everybody,
-- and nothing else of it: who keeps rows in memory reads them anew then, whatever the redaction was of.
create function redacted_after(number bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select exists (select from fact.redaction r where r.ledger_no > redacted_after.number)
$$;
revoke execute on function redacted_after from public;
grant execute on function redacted_after to stm_app;

-- down
drop function redacted_after;
