-- A text without the lines of a passage. Each line stands between two breaks of its own, so that of two equal lines beside each other
-- both go: were one break shared, the first would take it along. A passage of several lines goes as one.
create function without_lines(whole text, passage text) returns text language sql immutable parallel safe as $$
    select nullif(btrim(replace(replace(
        E'\n' || replace(whole, E'\n', E'\n\n') || E'\n',
        E'\n' || replace(passage, E'\n', E'\n\n') || E'\n', ''), E'\n\n', E'\n'), E'\n'), '')
$$;
-- A text without the words of a passage where they stand as words: what a thing is linked to stands there one after another, with blanks
-- between, and a shorter word may be part of a longer one.
create function without_words(whole text, passage text) returns text language sql immutable parallel safe as $$
    select case when position(passage in whole) = 0 then whole
        else nullif(btrim(regexp_replace(whole,
            '(?:^|\s)' || regexp_replace(passage, '([^[:alnum:]\s])', '\\\1', 'g') || '(?=\s|$)', '', 'g'), E' \n'), '') end
$$;

-- Takes a passage out of what search holds, at every moment: of texts, names and what a thing is linked to it goes, and in the place of a
-- title stands what stands in its fact.
create or replace function redact_in_search(passage text) returns void language sql as $$
    update search_document d
    set title_nl = left_over.title_nl, title_en = left_over.title_en, names = left_over.names, body = left_over.body,
        terms = left_over.terms,
        words = setweight(to_tsvector('stm_dutch', plain_words(concat_ws(E'\n', left_over.title_nl, left_over.title_en))), 'A')
            || setweight(to_tsvector('stm_dutch',
                plain_words(concat_ws(E'\n', left_over.names, translate(d.key, '/-_', '   ')))), 'B')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.body, ''))), 'C')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.terms, ''))), 'D')
    from (
        select kind, key, ledger_no,
            case title_nl when passage then '[geschrapt]' else title_nl end as title_nl,
            case title_en when passage then '[redacted]' else title_en end as title_en,
            without_lines(names, passage) as names,
            without_lines(body, passage) as body,
            without_words(terms, passage) as terms
        from search_document where position(passage in concat_ws(E'\n', title_nl, title_en, names, body, terms)) > 0
    ) left_over
    where (d.kind, d.key, d.ledger_no) = (left_over.kind, left_over.key, left_over.ledger_no)
      and (d.title_nl, d.title_en, d.names, d.body, d.terms) is distinct from
        (left_over.title_nl, left_over.title_en, left_over.names, left_over.body, left_over.terms)
$$;

-- down
create or replace function redact_in_search(passage text) returns void language sql as $$
    update search_document d
    set title_nl = left_over.title_nl, title_en = left_over.title_en, names = left_over.names, body = left_over.body,
        terms = left_over.terms,
        words = setweight(to_tsvector('stm_dutch', plain_words(concat_ws(E'\n', left_over.title_nl, left_over.title_en))), 'A')
            || setweight(to_tsvector('stm_dutch',
                plain_words(concat_ws(E'\n', left_over.names, translate(d.key, '/-_', '   ')))), 'B')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.body, ''))), 'C')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(left_over.terms, ''))), 'D')
    from (
        select kind, key, ledger_no,
            case title_nl when passage then '[geschrapt]' else title_nl end as title_nl,
            case title_en when passage then '[redacted]' else title_en end as title_en,
            nullif(btrim(replace(E'\n' || names || E'\n', E'\n' || passage || E'\n', E'\n'), E'\n'), '') as names,
            nullif(btrim(replace(E'\n' || body || E'\n', E'\n' || passage || E'\n', E'\n'), E'\n'), '') as body,
            nullif(btrim(replace(terms, passage, ''), E' \n'), '') as terms
        from search_document where position(passage in concat_ws(E'\n', title_nl, title_en, names, body, terms)) > 0
    ) left_over
    where (d.kind, d.key, d.ledger_no) = (left_over.kind, left_over.key, left_over.ledger_no)
      and (d.title_nl, d.title_en, d.names, d.body, d.terms) is distinct from
        (left_over.title_nl, left_over.title_en, left_over.names, left_over.body, left_over.terms)
$$;
drop function without_words, without_lines;
