-- Whoever changes an input of a verdict has it judged in the same transaction. The judge reads all that a verdict depends
-- on, also what this actor may not see (what another area answers for a member), and tells nobody: it appends spans, and
-- those are read under the policies of their own.
create function app_judges() returns boolean language sql stable as $$
    select current_setting('app.purpose', true) = 'JUDGING'
        and (select app_role()) in ('MUNICIPALITY', 'REGION', 'VNG', 'SYSTEM')
$$;
create policy judge_reads on fact.assessment_version for select to stm_app using ((select app_judges()));
create policy judge_reads on fact.answer for select to stm_app using ((select app_judges()));
create policy judge_reads on fact.review_decision for select to stm_app using ((select app_judges()));
create policy judge_reads on fact.verdict_span for select to stm_app using ((select app_judges()));

-- A withdrawn version leaves nothing to judge: then the span says so and names no version.
alter table fact.verdict_span alter column version drop not null;
alter table fact.verdict_span add constraint verdict_span_version_check
    check ((version is null) = (status = 'NOT_ASSESSED'));

-- Whether a version may be judged on a basis: it was submitted, and for CONFIRMED also confirmed by VNG.
create function app_may_be_judged(of_municipality text, of_period text, of_basis text, of_version integer)
    returns boolean language sql stable as $$
    select of_version is null
        or (exists (
                select from fact.assessment_version v
                where v.municipality = of_municipality and v.period = of_period and v.number = of_version)
            and (of_basis = 'SUBMITTED' or exists (
                select from fact.review_decision d
                where d.municipality = of_municipality and d.period = of_period and d.version = of_version
                  and d.outcome = 'CONFIRMED')))
$$;
drop policy app_appends on fact.verdict_span;
create policy app_appends on fact.verdict_span for insert to stm_app with check (
    (select app_judges()) and app_may_be_judged(municipality, period, basis, version));

-- What is judged after a period closed stands beside the verdict that the period closed with, and is counted nowhere.
create table fact.verdict_rerun (like fact.verdict_span including all);
call keep_fact('verdict_rerun');
alter table fact.verdict_rerun enable row level security;
alter table fact.verdict_rerun force row level security;
create policy auditor_reads on fact.verdict_rerun for select to stm_auditor using (true);
create policy app_reads on fact.verdict_rerun for select to stm_app using (
    app_sees_verdict(municipality, period, basis));
create policy judge_reads on fact.verdict_rerun for select to stm_app using ((select app_judges()));
create policy app_appends on fact.verdict_rerun for insert to stm_app with check (
    (select app_judges()) and app_may_be_judged(municipality, period, basis, version));

-- down
drop view known.verdict_rerun;
drop table fact.verdict_rerun;
drop policy app_appends on fact.verdict_span;
create policy app_appends on fact.verdict_span for insert to stm_app with check (
    (basis = 'SUBMITTED' and app_submits_for(municipality)) or (basis = 'CONFIRMED' and (select app_role()) = 'VNG'));
drop function app_may_be_judged;
alter table fact.verdict_span drop constraint verdict_span_version_check;
alter table fact.verdict_span alter column version set not null;
drop policy judge_reads on fact.verdict_span;
drop policy judge_reads on fact.review_decision;
drop policy judge_reads on fact.answer;
drop policy judge_reads on fact.assessment_version;
drop function app_judges;
