-- A receipt is a file with everything that a version says, and with a nonce that follows from the one of its entry in the ledger. Whoever holds
-- the file holds the nonce, and nobody finds it by trying. So a version is given to whoever names it with its nonce, and to nobody else: also
-- without signing in, because an archive has no login. It is read here, as the owner of the tables, for this purpose and for no other.
do $$
declare
    t text;
begin
    foreach t in array array['answer', 'assessment_version', 'assessment_withdrawal', 'evidence'] loop
        execute format('create policy owner_reads_held on fact.%I for select to stm_owner using (
            (select current_setting(''app.purpose'', true)) = ''RECEIPT'')', t);
    end loop;
end $$;
create policy owner_reads_held on ledger for select to stm_owner using (
    (select current_setting('app.purpose', true)) = 'RECEIPT');

-- The nonce of a receipt. It is another one than that of the entry, which it does not tell: that one hides what was blanked.
create function receipt_nonce(of_entry bytea) returns bytea
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
as $$ select sha256(convert_to('receipt', 'UTF8') || of_entry) $$;

-- The version that came in with an entry, for whoever holds its receipt; null for anybody else. Of one in which words were blanked by law
-- since, nothing of what it said is told.
create function held_version(entry bigint, held bytea) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    purpose constant text := coalesce(current_setting('app.purpose', true), '');
    found jsonb;
begin
    perform set_config('app.purpose', 'RECEIPT', true);
    select jsonb_build_object(
        'is_superseded', exists (
            select from known.assessment_version n
            where n.municipality = v.municipality and n.period = v.period and n.number > v.number),
        'is_withdrawn', exists (
            select from known.assessment_withdrawal a
            where a.municipality = v.municipality and a.period = v.period and a.version = v.number),
        'version', case when not w.is_blanked then jsonb_build_object(
            'ledger', v.ledger_no, 'municipality', v.municipality, 'period', v.period, 'number', v.number, 'edition', v.edition,
            'submitted_at', v.submitted_at, 'submitted_by', v.submitted_by, 'on_behalf', v.on_behalf,
            'approved_by_function', v.approved_by_function, 'approved_on', v.approved_on, 'answers_hash', v.content_hash,
            'reason', (select t.body from free_text t where t.id = v.reason_text),
            'answers', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'criterion', a.criterion, 'answer', a.answer,
                    'explanation', (select t.body from free_text t where t.id = a.explanation_text),
                    'evidence', (
                        select coalesce(jsonb_agg(jsonb_build_object(
                            'kind', e.kind, 'title', (select t.body from free_text t where t.id = e.title_text),
                            'address', e.address, 'reference', (select t.body from free_text t where t.id = e.reference_text),
                            'effective_on', e.effective_on, 'received_at', e.received_at) order by e.position), '[]')
                        from known.evidence e
                        where e.municipality = a.municipality and e.period = a.period and e.version = a.version
                            and e.criterion = a.criterion))
                    order by a.criterion collate "C"), '[]')
                from known.answer a
                where a.municipality = v.municipality and a.period = v.period and a.version = v.number)) end)
    into found
    from ledger l
    join known.assessment_version v on v.ledger_no = l.number
    cross join lateral (
        select blanked_in_entry(l.number)
            or exists (select from fact.redaction r where r.entry_no = l.number) as is_blanked) w
    where l.number = entry and receipt_nonce(l.nonce) = held;
    perform set_config('app.purpose', purpose, true);
    return found;
end $$;
revoke execute on function receipt_nonce, held_version from public;
grant execute on function receipt_nonce, held_version to stm_app;

-- down
drop function held_version, receipt_nonce;
drop policy owner_reads_held on ledger;
do $$
declare
    t text;
begin
    foreach t in array array['answer', 'assessment_version', 'assessment_withdrawal', 'evidence'] loop
        execute format('drop policy owner_reads_held on fact.%I', t);
    end loop;
end $$;
