-- Words as people type them: each letter without its accent, in lower case, so that É, é and e are one.
create function plain_words(words text) returns text language sql immutable strict parallel safe as $$
    select lower(regexp_replace(normalize(words, nfd), '[\u0300-\u036f]', '', 'g'))
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
    names text,
    body text,
    terms text,
    factor real not null check (factor between 0 and 1),
    words tsvector not null,
    primary key (kind, key, ledger_no),
    check ((title_nl is null) = (title_en is null))
);
create index on search_document using gin (words);
grant select, insert on search_document to stm_app;

-- What each public thing says of itself, from what is known. Its title; its names and numbers, one a line, and of an
-- action the names of who has a role in it; what its texts say, one passage a line, those in Dutch first, of which one
-- can be shown; the words of what it is linked to. The factor puts things with a name before sentences (goals, effects,
-- figures), and what holds before what has had its day.
create view search_source with (security_invoker = true) as
with round as (
    select key from known.monitoring_round where state = 'CLOSED'
), plan as (
    select key, case state when 'SUPERSEDED' then 0.5 else 1 end as factor from known.plan_version
), partner_name as (
    select key, concat_ws(E'\n', name, name_en, array_to_string(aliases, E'\n')) as words from known.partner
), action_name as (
    select plan, number, string_agg(words, E'\n' order by words) as names
    from (
        select plan, number, title_nl as words from known.action_title
        union select a.plan, a.number, p.name from known.action_partner a join known.partner p on p.key = a.partner
    ) named
    group by plan, number
), action_body as (
    select plan, number, string_agg(passage, E'\n' order by place, passage) as body
    from (
        select plan, number, min(place) as place, passage
        from (
            select s.plan, s.action as number, 1 as place, t.body as passage
                from known.status_report s join round r on r.key = s.round join free_text t on t.id = s.explanation_text
            union all select plan, number, 2, text_nl from known.action_reference
            union all select a.plan, a.number, 3, t.body
                from known.action_result a join free_text t on t.id = a.explanation_text
                where a.round is null or a.round in (select key from round)
            union all select plan, number, 4, text_nl from known.activity
            union all select plan, number, 4, text_nl from known.obligation
            union all select plan, number, 4, text_nl from known.milestone
            union all select plan, number, 4, title_nl from known.action_phase
            union all select plan, number, 5, summary_en from known.action_result
                where round is null or round in (select key from round)
            union all select plan, number, 5, text_en from known.activity
            union all select plan, number, 5, text_en from known.obligation
            union all select plan, number, 5, text_en from known.milestone
            union all select plan, number, 5, title_en from known.action_phase
        ) said
        where passage is not null
        group by plan, number, passage
    ) told
    group by plan, number
), action_link as (
    select plan, number, string_agg(words, ' ' order by words) as terms
    from (
        select a.plan, a.number, l.title_nl || ' ' || l.title_en as words
            from known.action a join known.action_line l on l.plan = a.plan and l.number = a.line
        union select a.plan, a.number, p.words from known.action_partner a join partner_name p on p.key = a.partner
        union select a.plan, a.number, p.words from known.partner_mention a join partner_name p on p.key = a.partner
        union select a.plan, a.number, t.title_nl || ' ' || t.title_en
            from known.action_theme a join known.plan_theme t on t.code = a.theme
    ) linked
    group by plan, number
)
select 'ACTION' as kind, a.subject_key as key, a.title_nl, a.title_en,
    concat_ws(E'\n', a.subject_key, 'actie ' || a.number, 'action ' || a.number, n.names) as names, b.body, l.terms,
    v.factor
from known.action a join plan v on v.key = a.plan left join action_name n using (plan, number)
    left join action_body b using (plan, number) left join action_link l using (plan, number)
union all select 'ACTION_LINE', l.subject_key, l.title_nl, l.title_en,
    concat_ws(E'\n', l.subject_key, 'actielijn ' || l.number, 'action line ' || l.number, l.short_title_nl),
    l.narrative_nl, null, v.factor
from known.action_line l join plan v on v.key = l.plan
union all select 'OPERATIONAL_GOAL', g.subject_key, g.text_nl, g.text_en, null, null, null, 0.7 * v.factor
from known.operational_goal g join plan v on v.key = g.plan
union all select 'INTENDED_EFFECT', e.subject_key, e.text_nl, e.text_en, null, null, null, 0.7 * v.factor
from known.intended_effect e join plan v on v.key = e.plan
union all select 'PROPOSAL', key, title_nl, title_en, null, null, null, 1 from known.proposal
union all select 'MOTION', key, title_nl, title_en, reference, concat_ws(E'\n', asks_nl, asks_en), null, 1
from known.motion
union all select 'PARTNER', p.key, p.name, p.name_en, n.words, null, null, 1
from known.partner p join partner_name n using (key)
union all select 'EVENT', e.key, e.title_nl, e.title_en, null, e.text_nl,
    (select string_agg(p.printed, ' ' order by p.position) from known.event_participant p where p.event = e.key), 1
from known.event e
union all select 'MUNICIPALITY', code, (array_agg(label order by valid_from desc nulls last))[1],
    (array_agg(label order by valid_from desc nulls last))[1],
    concat_ws(E'\n', code,
        string_agg(concat_ws(E'\n', name, array_to_string(aliases, E'\n')), E'\n'
            order by valid_from nulls first, name)),
    null, 'gemeente municipality', case when bool_and(valid_to is not null) then 0.5 else 1 end
from known.municipality group by code
union all select 'AREA', code,
    case kind when 'SAFETY_REGION' then 'Veiligheidsregio ' when 'PROVINCE' then 'Provincie '
        when 'POLICE_UNIT' then 'Politie-eenheid ' else '' end || name,
    case kind when 'SAFETY_REGION' then 'Safety region ' when 'PROVINCE' then 'Province of '
        when 'POLICE_UNIT' then 'Police unit ' else '' end || name,
    concat_ws(E'\n', code, name), null, null, 1
from known.area
union all select 'CRITERION', subject_key, title_nl, title_en, concat_ws(E'\n', subject_key, code),
    text_nl || E'\n' || text_en, null, 1
from known.criterion
union all select 'BUILDING_BLOCK', key, title_nl, title_en, null, null, 'bouwsteen building block', 1
from known.building_block
union all select 'POLICY_DOCUMENT', d.key, d.title_nl, d.title_nl, concat_ws(E'\n', d.area_name, d.reference),
    concat_ws(E'\n',
        (select string_agg(p.text_nl, E'\n' order by p.kind, p.position)
            from known.policy_provision p where p.policy = d.key),
        (select string_agg(p.text_en, E'\n' order by p.kind, p.position)
            from known.policy_provision p where p.policy = d.key)),
    (select string_agg(m.name, ' ' order by m.name) from known.policy_adoption a
        join known.municipality m on m.code = a.municipality where a.policy = d.key),
    1
from known.policy_document d
union all select 'FUNCTION_ROLE', code, title_nl, title_en, null,
    concat_ws(E'\n', does_nl, does_not_nl, does_en, does_not_en), null, 1
from known.function_role
union all select 'REPORTING_POINT', key, name_nl, name_en, null, text_nl || E'\n' || text_en, null, 1
from known.reporting_point
union all select 'NATIONAL_FIGURE', key, title_nl, title_en, null, concat_ws(E'\n', text_nl, reason_nl, reason_en),
    stated_by, 0.7
from known.national_figure
union all select 'SOURCE_DOCUMENT', key, title_nl, title_en, reference, null, null, 1 from known.source_document;
grant select on search_source to stm_app, stm_auditor;

-- Appends what the facts of this transaction changed of the documents. Titles weigh most (A), then names (B), texts (C)
-- and what the thing is linked to (D). Keys are read in their parts: `2024/33` is `2024` and `33`.
create function refresh_search(number bigint) returns void language sql as $$
    insert into search_document (kind, key, ledger_no, title_nl, title_en, names, body, terms, factor, words)
    select coalesce(s.kind, d.kind), coalesce(s.key, d.key), number, s.title_nl, s.title_en, s.names,
        nullif(s.body, ''), s.terms, coalesce(s.factor, 0)::real,
        setweight(to_tsvector('stm_dutch', plain_words(concat_ws(E'\n', s.title_nl, s.title_en))), 'A')
            || setweight(to_tsvector('stm_dutch',
                plain_words(concat_ws(E'\n', s.names, translate(s.key, '/-_', '   ')))), 'B')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(s.body, ''))), 'C')
            || setweight(to_tsvector('stm_dutch', plain_words(coalesce(s.terms, ''))), 'D')
    from search_source s
    full join (
        select distinct on (kind, key) kind, key, title_nl, title_en, names, body, terms, factor from search_document
        order by kind, key, ledger_no desc
    ) d on d.kind = s.kind and d.key = s.key
    where (s.title_nl, s.title_en, s.names, nullif(s.body, ''), s.terms, coalesce(s.factor, 0)::real)
        is distinct from (d.title_nl, d.title_en, d.names, d.body, d.terms, d.factor)
$$;

-- down
drop function refresh_search;
drop text search configuration stm_dutch;
drop view search_source;
drop table search_document;
drop function plain_words;
