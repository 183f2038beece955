-- Functions and organisations meet, never persons: of a meeting stand the day and the table, and nobody who came.
create table fact.regional_meeting (
    like fact_columns including all,
    area text not null,
    held_on date not null,
    kind text not null check (kind in ('OFFICIAL', 'EXECUTIVE')),
    check (subject_key = area || '/' || held_on || '/' || kind)
);
create unique index on fact.regional_meeting (area, held_on, kind) where corrects is null;
call keep_fact('regional_meeting');

-- A bottleneck stands from `valid_from` until it is resolved on `valid_to`.
create table fact.regional_bottleneck (
    like fact_columns including all,
    area text not null,
    number integer not null check (number > 0),
    remark_text uuid not null references free_text,
    check (valid_from is not null),
    check (subject_key = area || '/' || number)
);
create unique index on fact.regional_bottleneck (area, number) where corrects is null;
create index on fact.regional_bottleneck (remark_text);
call keep_fact('regional_bottleneck');

create table fact.regional_decision (
    like fact_columns including all,
    area text not null,
    number integer not null check (number > 0),
    remark_text uuid not null references free_text,
    decided_on date not null,
    needs_ratification boolean not null,
    check (subject_key = area || '/' || number)
);
create unique index on fact.regional_decision (area, number) where corrects is null;
create index on fact.regional_decision (remark_text);
call keep_fact('regional_decision');

-- Progress, particulars and bottlenecks of a half year, as `2026-2`, as a version that never changes.
create table fact.regional_report (
    like fact_columns including all,
    area text not null,
    half text not null check (half ~ '^[0-9]{4}-[12]$'),
    version integer not null check (version > 0),
    progress_text uuid not null references free_text,
    particulars_text uuid not null references free_text,
    bottlenecks_text uuid not null references free_text,
    submitted_at timestamptz not null,
    unique (area, half, version),
    check (subject_key = area || '/' || half)
);
create index on fact.regional_report (progress_text);
create index on fact.regional_report (particulars_text);
create index on fact.regional_report (bottlenecks_text);
call keep_fact('regional_report');

create table fact.regional_report_review (
    like fact_columns including all,
    area text not null,
    half text not null,
    version integer not null,
    confirmed_at timestamptz not null,
    unique (area, half, version),
    check (subject_key = area || '/' || half)
);
call keep_fact('regional_report_review');

-- "Regional answer, regional duties": a member where it counts for own, that is while it is a member; the region its own;
-- VNG all; the ministry what VNG confirmed, and that is reports.
create function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or app_is_member(of_area, current_setting('app.day')::date, null)
$$;
do $$
declare
    t text;
begin
    foreach t in array array['regional_meeting', 'regional_bottleneck', 'regional_decision', 'regional_report',
        'regional_report_review'] loop
        execute format('alter table fact.%I enable row level security', t);
        execute format('alter table fact.%I force row level security', t);
        execute format('create policy auditor_reads on fact.%I for select to stm_auditor using (true)', t);
    end loop;
    foreach t in array array['regional_meeting', 'regional_bottleneck', 'regional_decision'] loop
        execute format('create policy app_reads on fact.%I for select to stm_app using (app_reads_duties(area))', t);
    end loop;
    foreach t in array array['regional_meeting', 'regional_bottleneck', 'regional_decision', 'regional_report'] loop
        execute format('create policy app_appends on fact.%I for insert to stm_app with check (app_acts_as(area))', t);
    end loop;
end $$;
create policy app_reads on fact.regional_report_review for select to stm_app using (
    app_reads_duties(area) or (select app_role()) = 'MINISTRY');
create policy app_appends on fact.regional_report_review for insert to stm_app with check (
    (select app_role()) = 'VNG');
create policy app_reads on fact.regional_report for select to stm_app using (
    app_reads_duties(area)
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.regional_report_review r
        where r.area = regional_report.area and r.half = regional_report.half and r.version = regional_report.version)));

create policy duty_reads on free_text for select to stm_app using (
    kind = 'ANSWER' and (
        exists (select from fact.regional_bottleneck b where b.remark_text = free_text.id)
        or exists (select from fact.regional_decision d where d.remark_text = free_text.id)
        or exists (select from fact.regional_report r
                   where free_text.id in (r.progress_text, r.particulars_text, r.bottlenecks_text))));

-- down
drop policy duty_reads on free_text;
drop view known.regional_report_review, known.regional_report, known.regional_decision, known.regional_bottleneck,
    known.regional_meeting;
drop table fact.regional_report, fact.regional_report_review, fact.regional_decision, fact.regional_bottleneck,
    fact.regional_meeting;
drop function app_reads_duties;
