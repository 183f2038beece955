-- Whose policy a new municipality inherits for a time: that of its largest predecessor, which VNG names. Null where nobody
-- named one, and then a single predecessor is the largest.
alter table fact.reorganisation add column is_largest boolean;
call show_fact('reorganisation');

-- Everybody who reports or decides names a source, and so registers it.
drop policy app_appends on fact.source_document;
create policy app_appends on fact.source_document for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'MINISTRY')
    or ((select app_role()) in ('PARTNER', 'MUNICIPALITY', 'REGION', 'VNG') and corrects is null));

-- down
drop policy app_appends on fact.source_document;
create policy app_appends on fact.source_document for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'MINISTRY'));
create or replace view known.reorganisation with (security_invoker = true) as
    select f.id, f.ledger_no, f.subject_key, f.valid_from, f.valid_to, f.corrects, f.withdrawn, f.source_document,
        f.source_lines, f.note, f.effective_on, f.kind, f.predecessor, f.successor, null::boolean as is_largest
    from fact.reorganisation f
    where f.ledger_no <= current_setting('app.ledger_no')::bigint and not f.withdrawn
      and not exists (
          select from fact.reorganisation c
          where c.corrects = f.id and c.ledger_no <= current_setting('app.ledger_no')::bigint);
alter table fact.reorganisation drop column is_largest;
