-- Which of some words were blanked by law, wherever they stood, with the id of a text that is gone and said so: one that everybody may
-- know of first, then the digest of words of a fact. Whoever could ask this could try words, so only an import does, and no digest
-- leaves the database.
create function blanked_words(words text[]) returns table (word text, text_id uuid)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
    select distinct on (w.word) w.word, t.id
    from (select id, kind, nonce, digest from free_text where body is null and kind <> 'PUBLICATION') t
    join unnest(words) w(word) on sha256(t.nonce || convert_to(w.word, 'UTF8')) = t.digest
    where (select app_role()) = 'SYSTEM'
    order by w.word, array_position(array['PUBLIC', 'REDACTED'], t.kind), t.id
$$;
revoke execute on function blanked_words from public;
grant execute on function blanked_words to stm_app;

-- down
drop function blanked_words;
