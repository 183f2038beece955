-- A verdict that is published by name tells the day from which it was judged so, beside the day since which it is so. Of publications that
-- were prepared before this was kept it is empty; their files are as they were.
alter table fact.publication_verdict add column judged_from date;
alter table fact.published_verdict add column judged_from date;
call show_new_columns('publication_verdict');
call show_new_columns('published_verdict');

create or replace view bi.published_verdict with (security_invoker = true) as
select v.publication as publication_key, v.municipality as municipality_code, v.municipality_name, v.period as period_key,
    v.reference_date, v.status, bi.verdict_label(k.label_nl, 'CONFIRMED', false, true) as status_label_nl,
    bi.verdict_label(k.label_en, 'CONFIRMED', false, false) as status_label_en, v.verdict_from,
    case when x.redacted_by is null then x.body end as response_nl, p.released_at,
    bi.recorded_at(greatest(v.ledger_no, p.ledger_no, x.redacted_by)) as recorded_at,
    greatest(v.ledger_no, p.ledger_no, x.redacted_by) as ledger_no,
    v.submission, v.submission_nl as submission_label_nl, v.submission_en as submission_label_en, v.waiting_since, v.judged_from
from known.published_verdict v
join known.publication p on p.key = v.publication and p.state = 'RELEASED'
left join free_text x on x.id = v.response_text
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;

-- down
drop policy response_reads on free_text;
drop view bi.published_verdict;
drop view known.publication_verdict, known.published_verdict;
alter table fact.publication_verdict drop column judged_from;
alter table fact.published_verdict drop column judged_from;
call show_new_columns('publication_verdict');
call show_new_columns('published_verdict');
grant select, insert on known.publication_verdict, known.published_verdict to stm_app;
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
    greatest(v.ledger_no, p.ledger_no, x.redacted_by) as ledger_no,
    v.submission, v.submission_nl as submission_label_nl, v.submission_en as submission_label_en, v.waiting_since
from known.published_verdict v
join known.publication p on p.key = v.publication and p.state = 'RELEASED'
left join free_text x on x.id = v.response_text
left join bi.dim_code k on k.code_list = 'VERDICT_STATUS' and k.code = v.status;
grant select on bi.published_verdict to stm_app, stm_auditor;
