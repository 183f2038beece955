-- The same as app_sees_verdict and app_sees_submitted say, written out: a function with a query in it is not inlined, and costs some fifty
-- microseconds per row. A picture reads every municipality.
drop policy app_reads on fact.verdict_span;
create policy app_reads on fact.verdict_span for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM')
    or ((select app_role()) = 'MINISTRY'
        and (basis = 'CONFIRMED' or (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS'))
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[]))));
drop policy app_reads on fact.assessment_version;
create policy app_reads on fact.assessment_version for select to stm_app using (
    (select app_role()) in ('VNG', 'SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('MUNICIPALITY', 'REGION')
        and (municipality = any ((select app_municipalities())::text[])
            or municipality || '/' || period = any ((select app_subjects())::text[]))));

-- down
drop policy app_reads on fact.assessment_version;
create policy app_reads on fact.assessment_version for select to stm_app using (
    app_sees_submitted(municipality, period) or (select app_role()) = 'MINISTRY');
drop policy app_reads on fact.verdict_span;
create policy app_reads on fact.verdict_span for select to stm_app using (
    app_sees_verdict(municipality, period, basis));
