-- A text is seen by whoever sees the fact that it belongs to, and there are twenty columns that it may belong to. Every plan that reads
-- texts began with a query for each of them, and with those of their policies. Now it begins with two, for answers and their evidence, of
-- which there are many; what any other text belongs to is looked for in a function, which keeps its plans and begins one when such a text
-- comes to it, one after another. Which texts are seen stays as it was: whatever has no rule here is nobody's.
--
-- An expression with all of them would begin all of them, so each stands by itself, those first of which there are most.
create function app_reads_word_of_assessment(text_id uuid) returns boolean language plpgsql stable as $$
begin
    if exists (select from fact.on_behalf_answer a where a.explanation_text = text_id) then return true; end if;
    if app_role() <> 'MINISTRY' then
        if exists (select from fact.review_decision d where d.reason_text = text_id) then return true; end if;
        if exists (select from fact.assessment_version v where v.reason_text = text_id) then return true; end if;
        if exists (select from fact.assessment_withdrawal w where w.reason_text = text_id) then return true; end if;
        if exists (select from fact.deadline_extension x where x.reason_text = text_id) then return true; end if;
    end if;
    if exists (select from fact.review_question q where q.question_text = text_id) then return true; end if;
    if exists (select from fact.question_reply r where r.reply_text = text_id) then return true; end if;
    if exists (select from fact.on_behalf_filling f where f.reason_text = text_id) then return true; end if;
    return false;
end $$;
create function app_reads_word_of_region(text_id uuid) returns boolean language plpgsql stable as $$
begin
    if exists (select from fact.regional_review r where r.remark_text = text_id) then return true; end if;
    if exists (select from fact.regional_evidence e where text_id in (e.title_text, e.reference_text)) then return true; end if;
    if exists (select from fact.regional_bottleneck b where b.remark_text = text_id) then return true; end if;
    if exists (select from fact.regional_decision d where d.remark_text = text_id) then return true; end if;
    return exists (
        select from fact.regional_report r where text_id in (r.progress_text, r.particulars_text, r.bottlenecks_text));
end $$;
create function app_reads_text(text_id uuid, of_kind text, of_entry bigint) returns boolean language plpgsql stable as $$
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

drop policy app_reads_review on free_text;
drop policy digests_read on free_text;
drop policy duty_reads on free_text;
drop policy file_reads on free_text;
drop policy functions_read on free_text;
drop policy reason_reads on free_text;
drop policy region_reads on free_text;
drop policy response_reads on free_text;
alter policy app_reads on free_text using (
    kind in ('PUBLIC', 'FUNCTION')
    or (kind = 'ANSWER' and (
        exists (select from fact.answer a where a.explanation_text = free_text.id)
        or exists (select from fact.evidence e where e.title_text = free_text.id or e.reference_text = free_text.id)))
    or app_reads_text(id, kind, ledger_no));

-- Texts that everybody reads are few beside those that only some do: reading them costs what they are.
create index free_text_public on free_text (ledger_no) where kind in ('PUBLIC', 'FUNCTION');

-- down
drop index free_text_public;
alter policy app_reads on free_text using (
    kind = 'PUBLIC'
    or (kind = 'ANSWER' and exists (select from fact.answer a where a.explanation_text = free_text.id))
    or (kind = 'REPORT' and exists (select from fact.round_report r where r.explanation_text = free_text.id)));
create policy app_reads_review on free_text for select to stm_app using (
    kind = 'ANSWER' and (
        exists (select from fact.review_question q where q.question_text = free_text.id)
        or exists (select from fact.question_reply r where r.reply_text = free_text.id)
        or exists (select from fact.on_behalf_filling f where f.reason_text = free_text.id)
        or exists (select from fact.on_behalf_answer a where a.explanation_text = free_text.id)
        or exists (select from fact.evidence e where e.title_text = free_text.id)
        or exists (select from fact.evidence e where e.reference_text = free_text.id)
        or (app_role() <> 'MINISTRY' and (
            exists (select from fact.assessment_version v where v.reason_text = free_text.id)
            or exists (select from fact.review_decision d where d.reason_text = free_text.id)
            or exists (select from fact.assessment_withdrawal w where w.reason_text = free_text.id)
            or exists (select from fact.deadline_extension x where x.reason_text = free_text.id)))));
create policy duty_reads on free_text for select to stm_app using (
    kind = 'ANSWER' and (
        exists (select from fact.regional_bottleneck b where b.remark_text = free_text.id)
        or exists (select from fact.regional_decision d where d.remark_text = free_text.id)
        or exists (
            select from fact.regional_report r
            where free_text.id in (r.progress_text, r.particulars_text, r.bottlenecks_text))));
create policy file_reads on free_text for select to stm_app using (
    kind = 'PUBLICATION' and exists (select from fact.publication_file f where f.body_text = free_text.id));
create policy functions_read on free_text for select to stm_app using (kind = 'FUNCTION');
create policy reason_reads on free_text for select to stm_app using (
    kind = 'INCOMPLETE' and exists (select from fact.publication p where p.incomplete_text = free_text.id));
create policy region_reads on free_text for select to stm_app using (
    kind = 'ANSWER' and (
        exists (select from fact.regional_answer a where a.explanation_text = free_text.id)
        or exists (select from fact.regional_review r where r.remark_text = free_text.id)
        or exists (
            select from fact.regional_evidence e where e.title_text = free_text.id or e.reference_text = free_text.id)));
create policy response_reads on free_text for select to stm_app using (
    kind = 'RESPONSE' and (
        exists (select from fact.publication_response r where r.response_text = free_text.id)
        or exists (select from known.published_verdict v where v.response_text = free_text.id)));
create policy digests_read on free_text for select to stm_app using (
    kind = 'REDACTED' and exists (select from ledger l where l.number = free_text.ledger_no));
drop function app_reads_text, app_reads_word_of_region, app_reads_word_of_assessment;
