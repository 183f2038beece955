-- What a publication by name says of each municipality beside its verdict: what it handed in and, while it waits for VNG, since when; with
-- the words as they are printed. Of publications that were prepared before this was kept all four are empty.
do $$
declare
    t text;
begin
    foreach t in array array['publication_verdict', 'published_verdict'] loop
        execute format('alter table fact.%1$I
            add column submission text check (submission in (''ON_TIME'', ''LATE'', ''MISSING'', ''EXEMPT'')),
            add column submission_nl text check (submission_nl <> ''''),
            add column submission_en text check (submission_en <> ''''),
            add column waiting_since date,
            add check ((submission is null) = (submission_nl is null) and (submission is null) = (submission_en is null)),
            add check (waiting_since is null or submission in (''ON_TIME'', ''LATE''))', t);
        execute format('call show_new_columns(%L)', t);
    end loop;
end $$;

-- Why a publication by name is told while the period is open or reviews wait: a free text, so that the law can have it blanked.
alter table fact.publication
    add column incomplete_text uuid references free_text,
    add check (incomplete_text is null or level = 'BY_NAME');
create index on fact.publication (incomplete_text);
call show_new_columns('publication');

-- Whoever sees the publication sees the reason.
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s or kind = ''INCOMPLETE'')', kinds);
end $$;
create policy reason_reads on free_text for select to stm_app using (
    kind = 'INCOMPLETE' and exists (select from fact.publication p where p.incomplete_text = free_text.id));
create policy reason_appends on free_text for insert to stm_app with check (
    kind = 'INCOMPLETE' and (select app_role()) in ('VNG', 'MINISTRY'));

-- Beside the two files stands what the archives want to know of them (MDTO): of the publication, and of each file.
alter table fact.publication_file
    drop constraint publication_file_format_check,
    add constraint publication_file_format_check check (format in ('JSON', 'CSV', 'MDTO', 'MDTO_JSON', 'MDTO_CSV'));

create or replace view bi.published_verdict with (security_invoker = true) as
select v.publication as publication_key, v.municipality as municipality_code, v.municipality_name, v.period as period_key,
    v.reference_date, v.status, bi.verdict_label(k.label_nl, 'CONFIRMED', false, true) as status_label_nl,
    bi.verdict_label(k.label_en, 'CONFIRMED', false, false) as status_label_en, v.verdict_from,
    case when x.redacted_by is null then x.body end as response_nl, p.released_at,
    bi.recorded_at(greatest(v.ledger_no, p.ledger_no, x.redacted_by)) as recorded_at,
    greatest(v.ledger_no, p.ledger_no, x.redacted_by) as ledger_no,
    v.submission, v.submission_nl as submission_label_nl, v.submission_en as submission_label_en, v.waiting_since
from known.published_verdict v
join known.publication p on p.key = v.publication and p.state = 'RELEASED'
left join free_text x on x.id = v.response_text
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;

-- Where nothing is judged there is nothing that could have been checked.
create or replace function bi.verdict_label(label text, basis text, provisional boolean, is_dutch boolean) returns text
    language sql immutable as $$
    select label
        || case when not provisional then ''
            when is_dutch then ', volgens voorlopige criteria' else ', by provisional criteria' end
        || case when basis <> 'SUBMITTED' or label in ('Niet beoordeeld', 'Not assessed') then ''
            when is_dutch then ' (niet gecontroleerd)' else ' (not checked)' end
$$;

-- down
create or replace function bi.verdict_label(label text, basis text, provisional boolean, is_dutch boolean) returns text
    language sql immutable as $$
    select label
        || case when not provisional then ''
            when is_dutch then ', volgens voorlopige criteria' else ', by provisional criteria' end
        || case when basis <> 'SUBMITTED' then ''
            when is_dutch then ' (niet gecontroleerd)' else ' (not checked)' end
$$;
do $$
declare
    t text;
    counts text := pg_get_viewdef('bi.published_verdict_count'::regclass);
    criteria text := pg_get_viewdef('bi.published_criterion_count'::regclass);
begin
    drop policy response_reads on free_text;
    drop policy reason_appends on free_text;
    drop policy reason_reads on free_text;
    drop view bi.published_verdict, bi.published_verdict_count, bi.published_criterion_count;
    drop view known.publication_verdict, known.published_verdict, known.publication;
    foreach t in array array['publication_verdict', 'published_verdict'] loop
        execute format('alter table fact.%I drop column submission, drop column submission_nl, drop column submission_en,
            drop column waiting_since', t);
    end loop;
    alter table fact.publication drop column incomplete_text;
    foreach t in array array['publication_verdict', 'published_verdict', 'publication'] loop
        call show_new_columns(t);
        execute format('grant select, insert on known.%I to stm_app', t);
    end loop;
    execute 'create view bi.published_verdict_count with (security_invoker = true) as ' || counts;
    execute 'create view bi.published_criterion_count with (security_invoker = true) as ' || criteria;
end $$;
create policy response_reads on free_text for select to stm_app using (
    kind = 'RESPONSE' and (
        exists (select from fact.publication_response r where r.response_text = free_text.id)
        or exists (select from known.published_verdict v where v.response_text = free_text.id)));
create view bi.published_verdict with (security_invoker = true) as
select v.publication as publication_key, v.municipality as municipality_code, v.municipality_name, v.period as period_key,
    v.reference_date, v.status, bi.verdict_label(k.label_nl, 'CONFIRMED', false, true) as status_label_nl,
    bi.verdict_label(k.label_en, 'CONFIRMED', false, false) as status_label_en, v.verdict_from,
    case when x.redacted_by is null then x.body end as response_nl, p.released_at,
    bi.recorded_at(greatest(v.ledger_no, p.ledger_no, x.redacted_by)) as recorded_at,
    greatest(v.ledger_no, p.ledger_no, x.redacted_by) as ledger_no
from known.published_verdict v
join known.publication p on p.key = v.publication and p.state = 'RELEASED'
left join free_text x on x.id = v.response_text
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;
grant select on bi.published_verdict, bi.published_verdict_count, bi.published_criterion_count to stm_app, stm_auditor;
alter table fact.publication_file
    drop constraint publication_file_format_check,
    add constraint publication_file_format_check check (format in ('JSON', 'CSV')) not valid;
do $$
declare
    kinds text := (select pg_get_expr(conbin, conrelid) from pg_constraint
        where conname = 'free_text_kind_check' and conrelid = 'free_text'::regclass);
begin
    alter table free_text drop constraint free_text_kind_check;
    execute format('alter table free_text add constraint free_text_kind_check check (%s) not valid',
        replace(kinds, ' OR (kind = ''INCOMPLETE''::text)', ''));
end $$;
