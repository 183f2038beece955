-- A publication from preparing to withdrawal: each state takes the place of the one before.
create table fact.publication (
    like fact_columns including all,
    key text not null check (key ~ '^[a-z0-9-]+$'),
    kind text not null check (kind in ('COMPLIANCE_PICTURE', 'MONITORING_OVERVIEW', 'BUDGET')),
    level text not null check (level in ('COUNTRY', 'AREA', 'BY_NAME')),
    state text not null check (state in ('PREPARED', 'EMBARGOED', 'RELEASED', 'WITHDRAWN')),
    -- The key of the period, the round or the plan version that it tells of.
    about text not null,
    reference_date date not null,
    -- What is frozen of how it was made, as an object: ledger number and hash, edition, rules, what is withheld.
    manifest jsonb not null,
    response_until date,
    release_at timestamptz,
    released_at timestamptz,
    withdrawn_at timestamptz,
    reason_text uuid references free_text,
    check (kind = 'COMPLIANCE_PICTURE' or level = 'COUNTRY'),
    check ((level = 'BY_NAME') = (response_until is not null)),
    check (state <> 'RELEASED' or released_at is not null),
    check ((state = 'WITHDRAWN') = (withdrawn_at is not null)),
    check ((state = 'WITHDRAWN') = (reason_text is not null))
);
create index on fact.publication (reason_text);
call keep_fact('publication');

-- What is frozen when it is prepared: the lines that will stand in the files, without responses.
create table fact.publication_content (
    like fact_columns including all,
    publication text not null,
    kind text not null,
    lines jsonb not null
);
call keep_fact('publication_content');

-- The verdict of a municipality as it will stand in a publication by name, for the municipality to respond to.
create table fact.publication_verdict (
    like fact_columns including all,
    publication text not null,
    municipality text not null,
    status text not null check (status in ('NOT_ASSESSED', 'NOT_COMPLIANT', 'PARTLY_COMPLIANT', 'COMPLIANT')),
    verdict_from date
);
create index on fact.publication_verdict (publication, municipality);
call keep_fact('publication_verdict');

create table fact.publication_response (
    like fact_columns including all,
    publication text not null,
    municipality text not null,
    response_text uuid not null references free_text
);
create index on fact.publication_response (response_text);
call keep_fact('publication_response');

-- The bytes as they are served: hashed, and never written again.
create table fact.publication_file (
    like fact_columns including all,
    publication text not null,
    kind text not null,
    format text not null check (format in ('JSON', 'CSV')),
    body text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$')
);
call keep_fact('publication_file');

-- What publications made public of municipalities. Public and foreign scopes read these and nothing live.
create table fact.published_verdict_count (
    like fact_columns including all,
    publication text not null,
    period text not null,
    counting_rule text not null check (counting_rule in ('EVERY_MUNICIPALITY', 'MUNICIPALITY_OR_REGION')),
    -- The kind of area, or COUNTRY.
    area_kind text not null,
    -- The code of the area; NL for the country, REST for those in no area of the kind.
    area text not null,
    area_name text not null,
    reference_date date not null,
    provisional boolean not null,
    members integer not null check (members >= 0),
    not_assessed integer not null check (not_assessed >= 0),
    not_compliant integer not null check (not_compliant >= 0),
    partly_compliant integer not null check (partly_compliant >= 0),
    compliant integer not null check (compliant >= 0),
    on_time integer not null check (on_time >= 0),
    late integer not null check (late >= 0),
    missing integer not null check (missing >= 0),
    exempt integer not null check (exempt >= 0),
    check (members = not_assessed + not_compliant + partly_compliant + compliant)
);
create index on fact.published_verdict_count (period);
call keep_fact('published_verdict_count');

create table fact.published_verdict (
    like fact_columns including all,
    publication text not null,
    period text not null,
    municipality text not null,
    municipality_name text not null,
    reference_date date not null,
    status text not null check (status in ('NOT_ASSESSED', 'NOT_COMPLIANT', 'PARTLY_COMPLIANT', 'COMPLIANT')),
    verdict_from date,
    response_text uuid references free_text
);
create index on fact.published_verdict (period, municipality);
create index on fact.published_verdict (response_text);
call keep_fact('published_verdict');

create table fact.published_criterion_count (
    like fact_columns including all,
    publication text not null,
    period text not null,
    criterion text not null,
    reference_date date not null,
    met integer not null check (met >= 0),
    partly_met integer not null check (partly_met >= 0),
    not_met integer not null check (not_met >= 0),
    not_applicable integer not null check (not_applicable >= 0),
    unknown integer not null check (unknown >= 0)
);
create index on fact.published_criterion_count (period);
call keep_fact('published_criterion_count');

call wall_public_fact('published_verdict_count', array['SYSTEM', 'MINISTRY']);
call wall_public_fact('published_verdict', array['SYSTEM', 'MINISTRY']);
call wall_public_fact('published_criterion_count', array['SYSTEM', 'MINISTRY']);

do $$
declare
    t text;
begin
    foreach t in array array['publication', 'publication_content', 'publication_verdict', 'publication_response',
        'publication_file'] loop
        execute format('alter table fact.%I enable row level security', t);
        execute format('alter table fact.%I force row level security', t);
        execute format('create policy auditor_reads on fact.%I for select to stm_auditor using (true)', t);
    end loop;
end $$;

-- "Publication": the ministry all; VNG those of compliance. Whoever sees a state sees each that takes its place.
create function app_prepares(of_kind text) returns boolean language sql stable as $$
    select (select app_role()) in ('MINISTRY', 'SYSTEM')
        or ((select app_role()) = 'VNG' and of_kind = 'COMPLIANCE_PICTURE')
$$;
create policy app_reads on fact.publication_verdict for select to stm_app using (
    (select app_role()) in ('MINISTRY', 'VNG', 'SYSTEM')
    or ((select app_role()) = 'MUNICIPALITY' and municipality = any ((select app_municipalities())::text[])));
create policy app_appends on fact.publication_verdict for insert to stm_app with check (
    (select app_role()) in ('MINISTRY', 'VNG'));

create policy app_reads on fact.publication for select to stm_app using (
    state = 'RELEASED' or (state = 'WITHDRAWN' and released_at is not null)
    or app_prepares(kind)
    or ((select app_role()) = 'MUNICIPALITY' and exists (
        select from fact.publication_verdict v where v.publication = publication.key)));
create policy app_appends on fact.publication for insert to stm_app with check (
    (select app_role()) = 'MINISTRY'
    or ((select app_role()) = 'VNG' and kind = 'COMPLIANCE_PICTURE' and state = 'PREPARED'));

-- Whether everybody may read a publication now.
create function app_is_released(of_publication text) returns boolean language sql stable as $$
    select exists (select from known.publication p where p.key = of_publication and p.state = 'RELEASED')
$$;
create policy app_reads on fact.publication_content for select to stm_app using (
    app_prepares(kind) or app_is_released(publication));
create policy app_appends on fact.publication_content for insert to stm_app with check (
    app_prepares(kind) and (select app_role()) in ('MINISTRY', 'VNG'));
create policy app_reads on fact.publication_file for select to stm_app using (
    app_prepares(kind) or app_is_released(publication));
create policy app_appends on fact.publication_file for insert to stm_app with check ((select app_role()) = 'MINISTRY');

create policy app_reads on fact.publication_response for select to stm_app using (
    (select app_role()) in ('MINISTRY', 'VNG', 'SYSTEM')
    or ((select app_role()) = 'MUNICIPALITY' and municipality = any ((select app_municipalities())::text[])));
create policy app_appends on fact.publication_response for insert to stm_app with check (
    (select app_role()) = 'MUNICIPALITY' and app_writes_for(municipality));

-- A response is for whoever sees it, and for everybody once it is published. Reasons of withdrawal are public texts.
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s or kind = ''RESPONSE'')', kinds);
end $$;
create policy response_reads on free_text for select to stm_app using (
    kind = 'RESPONSE' and (
        exists (select from fact.publication_response r where r.response_text = free_text.id)
        or exists (select from known.published_verdict v where v.response_text = free_text.id)));
create policy response_appends on free_text for insert to stm_app with check (
    kind = 'RESPONSE' and (select app_role()) = 'MUNICIPALITY');

-- down
drop policy response_appends on free_text;
drop policy response_reads on free_text;
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s)',
        replace(kinds, ' OR (kind = ''RESPONSE''::text)', ''));
end $$;
drop view known.publication_file, known.publication_content;
drop table fact.publication_file, fact.publication_content;
drop view known.publication, known.publication_verdict, known.publication_response, known.published_verdict_count,
    known.published_verdict, known.published_criterion_count cascade;
drop table fact.publication, fact.publication_verdict, fact.publication_response, fact.published_verdict_count,
    fact.published_verdict, fact.published_criterion_count;
drop function app_is_released, app_prepares;
