-- Postgres starts a plan for every query in it before it reads a row, and `(select app_role())` is one: reading the versions of an
-- assessment began with 224 of them, of its 1.9 ms all but 0.1. A function without a query in it becomes part of the expression that
-- it stands in, and one with a query in it costs some fifty microseconds for each row. So here
--   a setting is read where it is needed, without a query of its own;
--   what a policy says of one row has no query, or has it in a function whose plan is kept and begins when the row comes to it;
--   the tables that grow with every municipality, period and criterion ask twice per statement and not per row: whether the role reads
--   everybody's rows, and which municipalities and assessments it reaches.
-- Who sees what stays as it was.
create or replace function app_sees_submitted(of_municipality text, of_period text) returns boolean language sql stable as $$
    select app_role() in ('VNG', 'SYSTEM')
        or (app_role() in ('MUNICIPALITY', 'REGION')
            and (of_municipality = any (app_municipalities()) or of_municipality || '/' || of_period = any (app_subjects())))
$$;
create or replace function app_sees_verdict(of_municipality text, of_period text, of_basis text) returns boolean language sql stable as $$
    select app_sees_submitted(of_municipality, of_period)
        or (app_role() = 'MINISTRY'
            and (of_basis = 'CONFIRMED' or current_setting('app.purpose', true) = 'NATIONAL_TOTALS'))
$$;
create or replace function app_writes_for(of_municipality text) returns boolean language sql stable as $$
    select app_role() in ('MUNICIPALITY', 'REGION')
        and of_municipality = any (string_to_array(nullif(current_setting('app.writes_for', true), ''), ','))
$$;
create or replace function app_writes_at(of_municipality text, of_area text) returns boolean language sql stable as $$
    select app_role() in ('VNG', 'SYSTEM')
        or (of_area is null and app_writes_for(of_municipality))
        or (of_municipality is null and app_role() = 'REGION' and of_area = app_area())
$$;
create or replace function app_judges() returns boolean language sql stable as $$
    select current_setting('app.purpose', true) = 'JUDGING' and app_role() in ('MUNICIPALITY', 'REGION', 'VNG', 'SYSTEM')
$$;
create or replace function app_prepares(of_kind text) returns boolean language sql stable as $$
    select app_role() in ('MINISTRY', 'SYSTEM') or (app_role() = 'VNG' and of_kind = 'COMPLIANCE_PICTURE')
$$;
create or replace function app_is_area(of_area text) returns boolean language sql stable as $$
    select app_role() = 'REGION' and of_area || '/REGIONAL' = any (app_subjects())
$$;

-- What asks other tables keeps its plan.
create function app_has_member(of_area text, from_day date, until_day date) returns boolean language plpgsql stable as $$
begin
    return exists (
        select from present_area_membership() m
        where m.area = of_area and m.municipality = any (app_municipalities())
          and (m.valid_from is null or until_day is null or m.valid_from < until_day)
          and (m.valid_to is null or from_day is null or m.valid_to > from_day));
end $$;
create or replace function app_is_member(of_area text, from_day date, until_day date) returns boolean language sql stable as $$
    select app_role() = 'MUNICIPALITY' and app_has_member(of_area, from_day, until_day)
$$;
create or replace function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select app_role() in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or (app_present_day() is not null and app_is_member(of_area, app_present_day(), app_present_day() + 1))
$$;
create function app_has_mandate(of_municipality text) returns boolean language plpgsql stable as $$
begin
    return exists (
        select from present_submission_mandate() m
        where m.municipality = of_municipality and m.area = app_area() and m.valid_from <= app_present_day()
          and (m.valid_to is null or m.valid_to > app_present_day()));
end $$;
create or replace function app_submits_for(of_municipality text) returns boolean language sql stable as $$
    select app_writes_for(of_municipality) and (app_role() = 'MUNICIPALITY' or app_has_mandate(of_municipality))
$$;
create or replace function app_acts_as(of_area text) returns boolean language plpgsql stable as $$
begin
    return app_is_area(of_area) and exists (
        select from present_reporting_region() r
        where r.area = of_area
          and (r.valid_from is null or r.valid_from <= app_present_day())
          and (r.valid_to is null or r.valid_to > app_present_day()));
end $$;
create or replace function app_may_be_judged(of_municipality text, of_period text, of_basis text, of_version integer)
returns boolean language plpgsql stable as $$
begin
    return of_version is null
        or (exists (
                select from fact.assessment_version v
                where v.municipality = of_municipality and v.period = of_period and v.number = of_version)
            and (of_basis = 'SUBMITTED' or exists (
                select from fact.review_decision d
                where d.municipality = of_municipality and d.period = of_period and d.version = of_version
                  and d.outcome = 'CONFIRMED')));
end $$;
create or replace function app_is_released(of_publication text) returns boolean language plpgsql stable as $$
begin
    return exists (select from present_publication() p where p.key = of_publication and p.state = 'RELEASED');
end $$;

create function app_subject() returns text language sql stable as $$ select nullif(current_setting('app.subject', true), '') $$;
create function app_former_subject() returns text language sql stable as $$
    select nullif(current_setting('app.former_subject', true), '')
$$;
-- The municipalities and assessments of which a municipality or a region reads what was submitted. A municipality's code is no key of an
-- assessment, so one list holds both.
create function app_reach() returns text[] language sql stable as $$
    select case when app_role() in ('MUNICIPALITY', 'REGION') then app_municipalities() || app_subjects() end
$$;
-- Whether everything that was submitted is read: by VNG and the import, and by the judge, whoever's change it is that is judged.
create function app_reads_all() returns boolean language sql stable as $$ select app_role() in ('VNG', 'SYSTEM') or app_judges() $$;
-- The bases of which everybody's verdicts are read.
create function app_bases() returns text[] language sql stable as $$
    select case
        when app_reads_all() then array['SUBMITTED', 'CONFIRMED']
        when app_role() = 'MINISTRY' and current_setting('app.purpose', true) = 'NATIONAL_TOTALS' then array['SUBMITTED', 'CONFIRMED']
        when app_role() = 'MINISTRY' then array['CONFIRMED']
    end
$$;
-- The parts of the ledger that a role reads whole.
create function app_parts() returns text[] language sql stable as $$
    select case app_role()
        when 'SYSTEM' then array['PUBLIC', 'PLAN', 'COMPLIANCE']
        when 'MINISTRY' then array['PUBLIC', 'PLAN']
        when 'VNG' then array['PUBLIC', 'COMPLIANCE']
        else array['PUBLIC']
    end
$$;

-- Reads of each setting in a query of its own, taken out of their policies. What rows of public facts are appended with asks once already;
-- what asks other tables for it is left to be asked once.
do $$
declare
    one record;
    alone constant text := '\( SELECT (app_(?:role|municipalities|subjects|partner|area|organisation|feed_key|judges)\(\))(?: AS \w+)?\)';
    purpose constant text := '\( SELECT (current_setting\(''app.purpose''::text, true\))(?: AS current_setting)?\)';
begin
    for one in
        select schemaname, tablename, policyname,
            regexp_replace(regexp_replace(qual, alone, '\1', 'g'), purpose, '\1', 'g') as reads,
            regexp_replace(with_check, alone, '\1', 'g') as writes
        from pg_policies
        where roles = '{stm_app}' and (schemaname <> 'fact' or cmd <> 'INSERT') and coalesce(qual, '') || coalesce(with_check, '') ~ 'SELECT'
    loop
        execute format('alter policy %I on %I.%I %s %s', one.policyname, one.schemaname, one.tablename,
            'using (' || one.reads || ')', 'with check (' || one.writes || ')');
    end loop;
end $$;

alter policy app_reads on work.idempotency_key using (subject = app_subject() or subject = app_former_subject());
alter policy app_adds on work.idempotency_key with check (subject = app_subject());
alter policy app_changes on work.idempotency_key using (subject = app_subject()) with check (subject = app_subject());

-- Tables that grow with every municipality, period and criterion. What the judge reads of them is asked together with what others read.
do $$
declare
    t text;
begin
    foreach t in array array['assessment_version', 'answer', 'review_decision', 'verdict_span', 'verdict_rerun'] loop
        execute format('drop policy judge_reads on fact.%I', t);
    end loop;
    foreach t in array array['verdict_span', 'verdict_rerun'] loop
        execute format('alter policy app_reads on fact.%I using (
            basis = any ((select app_bases())::text[])
            or array[municipality, municipality || ''/'' || period] && (select app_reach()))', t);
    end loop;
end $$;
alter policy app_reads on fact.assessment_version using (
    (select app_reads_all() or app_role() = 'MINISTRY')
    or array[municipality, municipality || '/' || period] && (select app_reach()));
-- The ministry reads what VNG confirmed.
alter policy app_reads on fact.answer using (
    (select app_reads_all())
    or array[municipality, municipality || '/' || period] && (select app_reach())
    or (app_role() = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = answer.municipality and d.period = answer.period
          and d.version = answer.version and d.outcome = 'CONFIRMED')));
alter policy app_reads on fact.evidence using (
    (select app_role() in ('VNG', 'SYSTEM'))
    or array[municipality, municipality || '/' || period] && (select app_reach())
    or (app_role() = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = evidence.municipality and d.period = evidence.period
          and d.version = evidence.version and d.outcome = 'CONFIRMED')));
alter policy app_reads on ledger using (
    part = any ((select app_parts())::text[])
    or (part = 'COMPLIANCE' and array[municipality, municipality || '/' || period] && (select app_reach())));
-- A version has one decision, which is looked up for it.
alter policy app_reads on fact.review_decision using (
    (select app_reads_all() or app_role() = 'MINISTRY') or app_sees_submitted(municipality, period));

-- down
alter policy app_reads on fact.review_decision using (
    (select app_role()) in ('VNG', 'SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[]))));
alter policy app_reads on ledger using (
    part = 'PUBLIC'
    or (select app_role()) = 'SYSTEM'
    or (part = 'PLAN' and (select app_role()) = 'MINISTRY')
    or (part = 'COMPLIANCE' and (
        (select app_role()) = 'VNG'
        or ((select app_role()) in ('MUNICIPALITY', 'REGION')
            and (municipality = any ((select app_municipalities())::text[])
                or municipality || '/' || period = any ((select app_subjects())::text[]))))));
alter policy app_reads on fact.verdict_rerun using (app_sees_verdict(municipality, period, basis));
alter policy app_reads on fact.verdict_span using (
    (select app_role()) in ('VNG', 'SYSTEM')
    or ((select app_role()) = 'MINISTRY'
        and (basis = 'CONFIRMED' or (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS'))
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[]))));
alter policy app_reads on fact.evidence using (
    app_sees_submitted(municipality, period)
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = evidence.municipality and d.period = evidence.period
          and d.version = evidence.version and d.outcome = 'CONFIRMED')));
alter policy app_reads on fact.answer using (
    (select app_role()) in ('VNG', 'SYSTEM')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[])))
    or ((select app_role()) = 'MINISTRY' and exists (
        select from fact.review_decision d
        where d.municipality = answer.municipality and d.period = answer.period
          and d.version = answer.version and d.outcome = 'CONFIRMED')));
alter policy app_reads on fact.assessment_version using (
    (select app_role()) in ('VNG', 'SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[]))));
do $$
declare
    t text;
begin
    foreach t in array array['assessment_version', 'answer', 'review_decision', 'verdict_span', 'verdict_rerun'] loop
        execute format('create policy judge_reads on fact.%I for select to stm_app using ((select app_judges()))', t);
    end loop;
end $$;
alter policy app_changes on work.idempotency_key
    using (subject = (select nullif(current_setting('app.subject', true), '')))
    with check (subject = (select nullif(current_setting('app.subject', true), '')));
alter policy app_adds on work.idempotency_key with check (
    subject = (select nullif(current_setting('app.subject', true), '')));
alter policy app_reads on work.idempotency_key using (
    subject = (select nullif(current_setting('app.subject', true), ''))
    or subject = (select nullif(current_setting('app.former_subject', true), '')));
do $$
declare
    one record;
    bare constant text := '(?<!SELECT )(app_(?:role|partner|area|organisation|feed_key|judges)\(\))';
    list constant text := '(?<!SELECT )(app_(?:municipalities|subjects)\(\))';
    purpose constant text := '(?<!SELECT )(current_setting\(''app.purpose''::text, true\))';
begin
    for one in
        select schemaname, tablename, policyname,
            regexp_replace(regexp_replace(case when tablename = 'assessment_withdrawal' then qual
                else regexp_replace(qual, purpose, '(select \1)', 'g') end, bare, '(select \1)', 'g'),
                list, '(select \1)::text[]', 'g') as reads,
            regexp_replace(with_check, bare, '(select \1)', 'g') as writes
        from pg_policies
        where roles = '{stm_app}' and (schemaname <> 'fact' or cmd <> 'INSERT')
          and concat(qual, with_check) ~ concat_ws('|', bare, list, purpose)
    loop
        execute format('alter policy %I on %I.%I %s %s', one.policyname, one.schemaname, one.tablename,
            'using (' || one.reads || ')', 'with check (' || one.writes || ')');
    end loop;
end $$;
drop function app_parts, app_bases, app_reads_all, app_reach, app_former_subject, app_subject;
create or replace function app_is_released(of_publication text) returns boolean language sql stable as $$
    select exists (select from present_publication() p where p.key = of_publication and p.state = 'RELEASED')
$$;
create or replace function app_may_be_judged(of_municipality text, of_period text, of_basis text, of_version integer) returns boolean language sql stable as $$
    select of_version is null
        or (exists (
                select from fact.assessment_version v
                where v.municipality = of_municipality and v.period = of_period and v.number = of_version)
            and (of_basis = 'SUBMITTED' or exists (
                select from fact.review_decision d
                where d.municipality = of_municipality and d.period = of_period and d.version = of_version
                  and d.outcome = 'CONFIRMED')))
$$;
create or replace function app_acts_as(of_area text) returns boolean language sql stable as $$
    select app_is_area(of_area) and exists (
        select from present_reporting_region() r
        where r.area = of_area
          and (r.valid_from is null or r.valid_from <= app_present_day())
          and (r.valid_to is null or r.valid_to > app_present_day()))
$$;
create or replace function app_submits_for(of_municipality text) returns boolean language sql stable as $$
    select app_writes_for(of_municipality) and ((select app_role()) = 'MUNICIPALITY' or exists (
        select from present_submission_mandate() m
        where m.municipality = of_municipality and m.area = (select app_area())
          and m.valid_from <= app_present_day()
          and (m.valid_to is null or m.valid_to > app_present_day())))
$$;
drop function app_has_mandate;
create or replace function app_reads_duties(of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM') or app_is_area(of_area)
        or (app_present_day() is not null and app_is_member(of_area, app_present_day(), app_present_day() + 1))
$$;
create or replace function app_is_member(of_area text, from_day date, until_day date) returns boolean language sql stable as $$
    select (select app_role()) = 'MUNICIPALITY' and exists (
        select from present_area_membership() m
        where m.area = of_area and m.municipality = any ((select app_municipalities())::text[])
          and (m.valid_from is null or until_day is null or m.valid_from < until_day)
          and (m.valid_to is null or from_day is null or m.valid_to > from_day))
$$;
drop function app_has_member;
create or replace function app_is_area(of_area text) returns boolean language sql stable as $$
    select (select app_role()) = 'REGION' and of_area || '/REGIONAL' = any ((select app_subjects())::text[])
$$;
create or replace function app_prepares(of_kind text) returns boolean language sql stable as $$
    select (select app_role()) in ('MINISTRY', 'SYSTEM')
        or ((select app_role()) = 'VNG' and of_kind = 'COMPLIANCE_PICTURE')
$$;
create or replace function app_judges() returns boolean language sql stable as $$
    select current_setting('app.purpose', true) = 'JUDGING'
        and (select app_role()) in ('MUNICIPALITY', 'REGION', 'VNG', 'SYSTEM')
$$;
create or replace function app_writes_at(of_municipality text, of_area text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM')
        or (of_area is null and app_writes_for(of_municipality))
        or (of_municipality is null and (select app_role()) = 'REGION' and of_area = (select app_area()))
$$;
create or replace function app_writes_for(of_municipality text) returns boolean language sql stable as $$
    select (select app_role()) in ('MUNICIPALITY', 'REGION')
        and of_municipality = any (string_to_array(nullif(current_setting('app.writes_for', true), ''), ','))
    $$;
create or replace function app_sees_verdict(of_municipality text, of_period text, of_basis text) returns boolean language sql stable as $$
    select app_sees_submitted(of_municipality, of_period)
        or ((select app_role()) = 'MINISTRY'
            and (of_basis = 'CONFIRMED' or current_setting('app.purpose', true) = 'NATIONAL_TOTALS'))
    $$;
create or replace function app_sees_submitted(of_municipality text, of_period text) returns boolean language sql stable as $$
    select (select app_role()) in ('VNG', 'SYSTEM')
        or ((select app_role()) in ('MUNICIPALITY', 'REGION')
            and (of_municipality = any ((select app_municipalities())::text[])
                or of_municipality || '/' || of_period = any ((select app_subjects())::text[])))
    $$;
