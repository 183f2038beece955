-- Words as people type them: lower case, each letter without its accent, so that e and é are one.
create function plain_words(words text) returns text language sql immutable strict parallel safe as $$
    select translate(lower(words), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy')
$$;

-- Dutch stems: `ketenregisseurs` and `ketenregisseur` are one word.
create text search configuration stm_dutch (copy = pg_catalog.dutch);

-- What can be found, one row per thing and state of it: the latest row by ledger number is the present one, and a row
-- without title says that the thing is gone. Derived from public facts alone, and never read as a fact.
create table search_document (
    kind text not null,
    key text not null,
    ledger_no bigint not null,
    title_nl text,
    title_en text,
    body text,
    words tsvector,
    primary key (kind, key, ledger_no)
);
create index on search_document using gin (words);
grant select, insert on search_document to stm_app;

-- What each public thing says of itself, from what is known: title, and all words by which a person would look for it.
create view search_source with (security_invoker = true) as
with round as (
    select key from known.monitoring_round where state = 'CLOSED'
), partner_words as (
    select p.key, concat_ws(' ', p.name, p.name_en, array_to_string(p.aliases, ' ')) as words from known.partner p
), action_words as (
    select plan, number, string_agg(words, ' ' order by words) as words
    from (
        select plan, number, title_nl as words from known.action_title
        union all select s.plan, s.action, t.body from known.status_report s join round r on r.key = s.round
            join free_text t on t.id = s.explanation_text
        union all select a.plan, a.number, l.title_nl || ' ' || l.title_en
            from known.action a join known.action_line l on l.plan = a.plan and l.number = a.line
        union all select a.plan, a.number, w.words from known.action_partner a join partner_words w on w.key = a.partner
        union all select a.plan, a.number, w.words from known.partner_mention a join partner_words w on w.key = a.partner
        union all select a.plan, a.number, t.title_nl || ' ' || t.title_en
            from known.action_theme a join known.plan_theme t on t.code = a.theme
        union all select plan, number, text_nl || ' ' || text_en from known.milestone
        union all select plan, number, title_nl || ' ' || title_en from known.action_phase
        union all select plan, number, text_nl || ' ' || text_en from known.obligation
        union all select plan, number, text_nl || ' ' || text_en from known.activity
        union all select plan, number, text_nl from known.action_reference
        union all select plan, number, summary_en from known.action_result
    ) told
    group by plan, number
)
select 'ACTION' as kind, a.subject_key as key, a.title_nl, a.title_en, w.words as body
from known.action a left join action_words w using (plan, number)
union all select 'ACTION_LINE', subject_key, title_nl, title_en, concat_ws(' ', short_title_nl, narrative_nl) from known.action_line
union all select 'OPERATIONAL_GOAL', subject_key, text_nl, text_en, null from known.operational_goal
union all select 'INTENDED_EFFECT', subject_key, text_nl, text_en, null from known.intended_effect
union all select 'PARTNER', p.key, p.name, p.name_en, w.words from known.partner p join partner_words w using (key)
union all select 'MUNICIPALITY', code, min(label), min(label), code || ' ' || string_agg(name || ' ' || array_to_string(aliases, ' '), ' ' order by valid_from)
    from known.municipality group by code
union all select 'AREA', code, name, name, code || ' ' || kind from known.area
union all select 'CRITERION', subject_key, title_nl, title_en, text_nl || ' ' || text_en from known.criterion
union all select 'POLICY_DOCUMENT', d.key, d.title_nl, d.title_nl, concat_ws(' ', d.area_name, d.reference,
        (select string_agg(p.text_nl || ' ' || p.text_en, ' ' order by p.kind, p.position) from known.policy_provision p where p.policy = d.key))
    from known.policy_document d
union all select 'FUNCTION_ROLE', code, title_nl, title_en, concat_ws(' ', does_nl, does_en, does_not_nl, does_not_en) from known.function_role
union all select 'REPORTING_POINT', key, name_nl, name_en, text_nl || ' ' || text_en from known.reporting_point
union all select 'NATIONAL_FIGURE', key, title_nl, title_en, text_nl from known.national_figure
union all select 'MOTION', key, title_nl, title_en, asks_nl || ' ' || asks_en from known.motion
union all select 'EVENT', e.key, e.title_nl, e.title_en, concat_ws(' ', e.text_nl,
        (select string_agg(p.printed, ' ' order by p.position) from known.event_participant p where p.event = e.key))
    from known.event e
union all select 'BUILDING_BLOCK', key, title_nl, title_en, null from known.building_block
union all select 'SOURCE_DOCUMENT', key, title_nl, title_en, reference from known.source_document;
grant select on search_source to stm_app, stm_auditor;

-- Appends what the facts of this transaction changed of the documents. Titles weigh more than the rest.
create function refresh_search(number bigint) returns void language sql as $$
    insert into search_document (kind, key, ledger_no, title_nl, title_en, body, words)
    select coalesce(s.kind, d.kind), coalesce(s.key, d.key), number, s.title_nl, s.title_en, s.body,
        setweight(to_tsvector('stm_dutch', plain_words(concat_ws(' ', s.title_nl, s.title_en, s.key))), 'A')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(s.body, ''))), 'C')
    from search_source s
    full join (
        select distinct on (kind, key) kind, key, title_nl, title_en, body from search_document
        order by kind, key, ledger_no desc
    ) d on d.kind = s.kind and d.key = s.key
    where (s.title_nl, s.title_en, s.body) is distinct from (d.title_nl, d.title_en, d.body)
$$;

-- down
drop function refresh_search;
drop text search configuration stm_dutch;
drop view search_source;
drop table search_document;
drop function plain_words;
