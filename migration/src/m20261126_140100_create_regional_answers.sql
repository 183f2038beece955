-- The region itself, told among the subjects of its mandate as `VR14/REGIONAL`.
create function app_is_area(of_area text) returns boolean language sql stable as $$
    select (select app_role()) = 'REGION' and of_area || '/REGIONAL' = any ((select app_subjects())::text[])
$$;
-- The region itself, on a day on which it is registered as reporting region.
create function app_acts_as(of_area text) returns boolean language sql stable as $$
    select app_is_area(of_area) and exists (
        select from known.reporting_region r
        where r.area = of_area
          and (r.valid_from is null or r.valid_from <= current_setting('app.day')::date)
          and (r.valid_to is null or r.valid_to > current_setting('app.day')::date))
$$;
-- A municipality that is, was or will be a member on a day of this interval: what its region says then counts for it.
create function app_is_member(of_area text, from_day date, until_day date) returns boolean language sql stable as $$
    select (select app_role()) = 'MUNICIPALITY' and exists (
        select from known.area_membership m
        where m.area = of_area and m.municipality = any ((select app_municipalities())::text[])
          and (m.valid_from is null or until_day is null or m.valid_from < until_day)
          and (m.valid_to is null or from_day is null or m.valid_to > from_day))
$$;

-- A version of an answer holds from `valid_from` until the day before `valid_to`, or until a later version begins.
create table fact.regional_answer (
    like fact_columns including all,
    area text not null,
    edition text not null,
    criterion text not null,
    version integer not null check (version > 0),
    answer text not null check (answer in ('MET', 'PARTLY_MET', 'NOT_MET', 'NOT_APPLICABLE', 'UNKNOWN')),
    explanation_text uuid references free_text,
    submitted_at timestamptz not null,
    check (valid_from is not null),
    check (subject_key = area || '/' || edition || '/' || criterion)
);
create unique index on fact.regional_answer (area, edition, criterion, version) where corrects is null;
create index on fact.regional_answer (explanation_text);
call keep_fact('regional_answer');

create table fact.regional_evidence (
    like fact_columns including all,
    area text not null,
    edition text not null,
    criterion text not null,
    version integer not null,
    position integer not null check (position > 0),
    kind text not null check (kind <> ''),
    title_text uuid not null references free_text,
    address text check (address ~ '^https://'),
    reference_text uuid references free_text,
    effective_on date not null,
    received_at timestamptz not null,
    unique (area, edition, criterion, version, position),
    check (address is not null or reference_text is not null),
    check (subject_key = area || '/' || edition || '/' || criterion)
);
create index on fact.regional_evidence (title_text);
create index on fact.regional_evidence (reference_text);
call keep_fact('regional_evidence');

-- What VNG says of a version: questions as often as it likes, then one decision.
create table fact.regional_review (
    like fact_columns including all,
    area text not null,
    edition text not null,
    criterion text not null,
    version integer not null,
    outcome text not null check (outcome in ('QUESTIONED', 'RETURNED', 'CONFIRMED')),
    remark_text uuid references free_text,
    decided_at timestamptz not null,
    check ((outcome = 'CONFIRMED') = (remark_text is null)),
    check (subject_key = area || '/' || edition || '/' || criterion)
);
create unique index on fact.regional_review (area, edition, criterion, version) where outcome <> 'QUESTIONED';
create index on fact.regional_review (area, edition, criterion, version);
create index on fact.regional_review (remark_text);
call keep_fact('regional_review');

do $$
declare
    t text;
begin
    foreach t in array array['regional_answer', 'regional_evidence', 'regional_review'] loop
        execute format('alter table fact.%I enable row level security', t);
        execute format('alter table fact.%I force row level security', t);
        execute format('create policy auditor_reads on fact.%I for select to stm_auditor using (true)', t);
    end loop;
end $$;

-- "Regional answer, regional duties": a municipality where it counts for own, the region its own, VNG all, the ministry
-- what VNG confirmed.
create policy app_reads on fact.regional_review for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(area)
    or (outcome = 'CONFIRMED' and ((select app_role()) = 'MINISTRY' or app_is_member(area, null, null))));
create policy judge_reads on fact.regional_review for select to stm_app using ((select app_judges()));
create policy app_appends on fact.regional_review for insert to stm_app with check ((select app_role()) = 'VNG');

create policy app_reads on fact.regional_answer for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(area) or app_is_member(area, valid_from, valid_to)
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.regional_review r
        where r.area = regional_answer.area and r.edition = regional_answer.edition
          and r.criterion = regional_answer.criterion and r.version = regional_answer.version
          and r.outcome = 'CONFIRMED')));
create policy judge_reads on fact.regional_answer for select to stm_app using ((select app_judges()));
create policy app_appends on fact.regional_answer for insert to stm_app with check (app_acts_as(area));

create policy app_reads on fact.regional_evidence for select to stm_app using (exists (
    select from fact.regional_answer a
    where a.area = regional_evidence.area and a.edition = regional_evidence.edition
      and a.criterion = regional_evidence.criterion and a.version = regional_evidence.version));
create policy app_appends on fact.regional_evidence for insert to stm_app with check (app_acts_as(area));

-- The texts of these are seen by whoever sees the row that they belong to.
create policy region_reads on free_text for select to stm_app using (
    kind = 'ANSWER' and (
        exists (select from fact.regional_answer a where a.explanation_text = free_text.id)
        or exists (select from fact.regional_review r where r.remark_text = free_text.id)
        or exists (select from fact.regional_evidence e
                   where e.title_text = free_text.id or e.reference_text = free_text.id)));
create policy region_appends on free_text for insert to stm_app with check (
    kind = 'ANSWER' and (select app_role()) in ('REGION', 'VNG'));

-- down
drop policy region_appends on free_text;
drop policy region_reads on free_text;
drop view known.regional_review, known.regional_evidence, known.regional_answer;
drop table fact.regional_evidence, fact.regional_answer, fact.regional_review;
drop function app_is_member, app_acts_as, app_is_area;
