-- The hash of what was submitted, and that of the bytes of a published file, are of the texts themselves, without anything secret beside
-- them. Once a text is blanked they would tell a short one to whoever tries, so they are told no more.
--
-- Whether a text of an entry is blanked, or words of the evidence in it, is told to everybody, and nothing else of it. Functions in this
-- language keep their plans, and whoever reads versions asks for each.
create function blanked_in_entry(number bigint) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    return exists (select from free_text t where t.ledger_no = number and t.body is null)
        or exists (select from fact.redaction r where r.entry_no = number and r.fact_table = 'evidence');
end $$;
-- Of a fact the column that holds such a hash of what is blanked by now; null of any other fact.
create function guessable_hash(table_name text, fact jsonb) returns text
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    if table_name = 'assessment_version' and blanked_in_entry((fact ->> 'ledger_no')::bigint) then
        return 'content_hash';
    elsif table_name = 'publication_file' and exists (
        select from free_text t where t.id = (fact ->> 'body_text')::uuid and t.body is null) then
        return 'sha256';
    end if;
    return null;
end $$;
revoke execute on function blanked_in_entry, guessable_hash from public;
grant execute on function blanked_in_entry, guessable_hash to stm_app, stm_auditor;

-- down
drop function guessable_hash, blanked_in_entry;
