-- Words that are blanked in a fact leave its row under the number that it had, so that whoever keeps a copy and fetches what changed since
-- would keep the words for ever. Whether any were blanked since is told to everybody, and nothing else of it. A text that stands apart
-- from its fact is another case: the row that prints it bears the number by which it was blanked.
create function words_blanked_after(number bigint) returns boolean
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select exists (select from fact.redaction r where r.ledger_no > words_blanked_after.number and r.entry_no is not null)
$$;
revoke execute on function words_blanked_after from public;
grant execute on function words_blanked_after to stm_app;

-- down
drop function words_blanked_after;
