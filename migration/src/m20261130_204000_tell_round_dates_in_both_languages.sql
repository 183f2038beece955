-- Where a round prints no date, its table says so in Dutch, and beside it in English; a printed date stands as printed in both.
create or replace view bi.dim_round with (security_invoker = true) as
select r.key as round_key, r.plan as plan_key, r.title_nl, r.title_en, r.date_earliest, r.date_latest,
    case r.date_text when 'not printed' then 'niet gedrukt' else r.date_text end as date_text,
    r.source_document, r.source_lines, bi.recorded_at(r.ledger_no) as recorded_at, r.ledger_no,
    r.date_text as date_text_en
from known.monitoring_round r
where r.state = 'CLOSED';

-- down
drop view bi.dim_round;
create view bi.dim_round with (security_invoker = true) as
select r.key as round_key, r.plan as plan_key, r.title_nl, r.title_en, r.date_earliest, r.date_latest, r.date_text,
    r.source_document, r.source_lines, bi.recorded_at(r.ledger_no) as recorded_at, r.ledger_no
from known.monitoring_round r
where r.state = 'CLOSED';
grant select on bi.dim_round to stm_app, stm_auditor;
