-- Spans of one run (one ledger number) reach from the day of the run to the end of time. For a day and a number
-- count the spans of the latest run that holds a span for that day.
create table fact.verdict_span (
    like fact_columns including all,
    municipality text not null,
    period text not null,
    basis text not null check (basis in ('SUBMITTED', 'CONFIRMED')),
    status text not null
        check (status in ('NOT_ASSESSED', 'NOT_COMPLIANT', 'PARTLY_COMPLIANT', 'COMPLIANT')),
    version integer not null,
    grounds jsonb not null,
    check (valid_from is not null),
    unique (municipality, period, basis, ledger_no, valid_from),
    check (subject_key = municipality || '/' || period)
);
create index on fact.verdict_span (period, basis, municipality, ledger_no desc, valid_from desc);
call keep_fact('verdict_span');

-- Verdicts: the ministry sees the confirmed ones; of the submitted ones only national totals, for which the
-- service says so in the setting app.purpose.
create function app_sees_verdict(of_municipality text, of_period text, of_basis text)
    returns boolean language sql stable
    as $$
    select app_sees_submitted(of_municipality, of_period)
        or ((select app_role()) = 'MINISTRY'
            and (of_basis = 'CONFIRMED' or current_setting('app.purpose', true) = 'NATIONAL_TOTALS'))
    $$;
alter table fact.verdict_span enable row level security;
alter table fact.verdict_span force row level security;
create policy auditor_reads on fact.verdict_span for select to stm_auditor using (true);
create policy app_reads on fact.verdict_span for select to stm_app using (
    app_sees_verdict(municipality, period, basis));
create policy app_appends on fact.verdict_span for insert to stm_app with check (
    (basis = 'SUBMITTED' and app_submits_for(municipality)) or (basis = 'CONFIRMED' and (select app_role()) = 'VNG'));

-- down
drop view known.verdict_span;
drop table fact.verdict_span;
drop function app_sees_verdict;
