-- The partner that asks, as the token names it; VNG acts on its own actions as the partner `vng`.
create function app_partner() returns text language sql stable
    as $$ select nullif(current_setting('app.partner', true), '') $$;

-- A report in an open round. Closing the round appends what it accepts to `status_report`; only then it exists for others.
create table fact.round_report (
    like fact_columns including all,
    round text not null,
    plan text not null,
    action integer not null,
    status text not null
        check (status in ('COMPLETED', 'IN_PROGRESS', 'IN_PROGRESS_DELAYED', 'ONGOING', 'NOT_STARTED')),
    explanation_text uuid references free_text,
    delay_amount_text text,
    delay_cause_nl text,
    delay_cause_state text check (delay_cause_state in ('GIVEN', 'NOT_IN_SOURCE')),
    reported_by text not null check (reported_by <> ''),
    check ((status = 'IN_PROGRESS_DELAYED') = (delay_cause_state is not null)),
    check ((delay_cause_state = 'GIVEN') = (delay_cause_nl is not null))
);
call keep_fact('round_report');

-- Whether a partner owns an action, by what is known now: the ministry assigns owners.
create function app_owns(plan text, action integer) returns boolean language sql stable as $$
    select exists (
        select from known.action_partner p
        where p.plan = app_owns.plan and p.number = app_owns.action and p.role = 'OWNER' and p.partner = (select app_partner()))
$$;

alter table fact.round_report enable row level security;
alter table fact.round_report force row level security;
create policy auditor_reads on fact.round_report for select to stm_auditor using (true);
-- "Reports in an open round": own reports; the ministry all.
create policy app_reads on fact.round_report for select to stm_app using (
    (select app_role()) = 'MINISTRY'
    or ((select app_role()) in ('PARTNER', 'VNG') and reported_by = (select app_partner())));
create policy app_appends on fact.round_report for insert to stm_app with check (
    ((select app_role()) = 'MINISTRY' and reported_by = 'MINISTRY')
    or ((select app_role()) in ('PARTNER', 'VNG') and reported_by = (select app_partner()) and app_owns(plan, action)));

alter table free_text drop constraint free_text_kind_check;
alter table free_text add constraint free_text_kind_check check (kind in ('PUBLIC', 'ANSWER', 'REPORT'));
drop policy app_reads on free_text;
create policy app_reads on free_text for select to stm_app using (
    kind = 'PUBLIC'
    or (kind = 'ANSWER' and exists (select from fact.answer a where a.explanation_text = free_text.id))
    or (kind = 'REPORT' and exists (select from fact.round_report r where r.explanation_text = free_text.id)));
drop policy app_appends on free_text;
create policy app_appends on free_text for insert to stm_app with check (
    (kind = 'PUBLIC' and (select app_role()) in ('SYSTEM', 'MINISTRY'))
    or (kind = 'ANSWER' and (select app_role()) = 'MUNICIPALITY')
    or (kind = 'REPORT' and (select app_role()) in ('MINISTRY', 'PARTNER', 'VNG')));

-- down
drop policy app_appends on free_text;
create policy app_appends on free_text for insert to stm_app with check (
    (kind = 'PUBLIC' and (select app_role()) = 'SYSTEM')
    or (kind = 'ANSWER' and (select app_role()) = 'MUNICIPALITY'));
drop policy app_reads on free_text;
create policy app_reads on free_text for select to stm_app using (
    kind = 'PUBLIC' or exists (select from fact.answer a where a.explanation_text = free_text.id));
alter table free_text drop constraint free_text_kind_check;
alter table free_text add constraint free_text_kind_check check (kind in ('PUBLIC', 'ANSWER'));
drop view known.round_report;
drop table fact.round_report;
drop function app_owns, app_partner;
