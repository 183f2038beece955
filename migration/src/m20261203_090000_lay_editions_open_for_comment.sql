-- A proposal of an edition is laid open for comment up to and including a day; a later word of VNG takes the place of this one.
create table fact.edition_consultation (
    like fact_columns including all,
    edition text not null,
    last_day date not null,
    check (subject_key = edition)
);
call keep_fact('edition_consultation');
call wall_public_fact('edition_consultation', array['SYSTEM', 'VNG']);
call let_redact('edition_consultation');

-- What a municipality or a region remarks on a criterion of it; a later remark takes the place of the one before.
create table fact.criterion_remark (
    like fact_columns including all,
    edition text not null,
    criterion text not null,
    municipality text,
    area text,
    remark_text uuid not null references free_text,
    remarked_at timestamptz not null,
    check (num_nonnulls(municipality, area) = 1),
    check (subject_key = edition || '/' || criterion || '/' || coalesce(municipality, area))
);
create index on fact.criterion_remark (edition, criterion);
create index on fact.criterion_remark (remark_text);
call keep_fact('criterion_remark');

-- "Remarks on a proposed edition laid open": own; own; VNG reads all.
alter table fact.criterion_remark enable row level security;
alter table fact.criterion_remark force row level security;
create policy auditor_reads on fact.criterion_remark for select to stm_auditor using (true);
create policy app_reads on fact.criterion_remark for select to stm_app using (
    app_role() in ('VNG', 'SYSTEM')
    or (app_role() = 'MUNICIPALITY' and municipality = any (app_municipalities()))
    or app_is_area(area));
create policy app_appends on fact.criterion_remark for insert to stm_app with check (
    (app_role() = 'MUNICIPALITY' and app_writes_for(municipality)) or app_acts_as(area));
call let_redact('criterion_remark');

create function app_reads_remark(text_id uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select from fact.criterion_remark r where r.remark_text = text_id);
end $$;
create or replace function app_reads_text(text_id uuid, of_kind text, of_entry bigint) returns boolean language plpgsql stable as $$
begin
    if of_kind = 'ANSWER' then
        if exists (select from fact.regional_answer a where a.explanation_text = text_id) then return true; end if;
        return app_reads_word_of_assessment(text_id) or app_reads_word_of_region(text_id) or app_reads_remark(text_id);
    elsif of_kind = 'REPORT' then
        return exists (select from fact.round_report r where r.explanation_text = text_id);
    elsif of_kind = 'PUBLICATION' then
        return exists (select from fact.publication_file f where f.body_text = text_id);
    elsif of_kind = 'INCOMPLETE' then
        return exists (select from fact.publication p where p.incomplete_text = text_id);
    elsif of_kind = 'RESPONSE' then
        return exists (select from fact.publication_response r where r.response_text = text_id)
            or exists (select from known.published_verdict v where v.response_text = text_id);
    elsif of_kind = 'REDACTED' then
        return exists (select from ledger l where l.number = of_entry);
    end if;
    return false;
end $$;

-- down
create or replace function app_reads_text(text_id uuid, of_kind text, of_entry bigint) returns boolean language plpgsql stable as $$
begin
    if of_kind = 'ANSWER' then
        if exists (select from fact.regional_answer a where a.explanation_text = text_id) then return true; end if;
        return app_reads_word_of_assessment(text_id) or app_reads_word_of_region(text_id);
    elsif of_kind = 'REPORT' then
        return exists (select from fact.round_report r where r.explanation_text = text_id);
    elsif of_kind = 'PUBLICATION' then
        return exists (select from fact.publication_file f where f.body_text = text_id);
    elsif of_kind = 'INCOMPLETE' then
        return exists (select from fact.publication p where p.incomplete_text = text_id);
    elsif of_kind = 'RESPONSE' then
        return exists (select from fact.publication_response r where r.response_text = text_id)
            or exists (select from known.published_verdict v where v.response_text = text_id);
    elsif of_kind = 'REDACTED' then
        return exists (select from ledger l where l.number = of_entry);
    end if;
    return false;
end $$;
drop function app_reads_remark;
drop view known.criterion_remark, known.edition_consultation;
drop table fact.criterion_remark, fact.edition_consultation;
