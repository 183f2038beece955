-- What stands beside a publication since a day, without a byte of its files changed: that the rules which its figures follow from were replaced,
-- and that the new ones tell them otherwise.
create table fact.publication_note (
    like fact_columns including all,
    publication text not null,
    rule_set text not null,
    replaced_by text not null,
    check (valid_from is not null),
    check (subject_key = publication)
);
create index on fact.publication_note (publication);
call keep_fact('publication_note');
alter table fact.publication_note enable row level security;
alter table fact.publication_note force row level security;
create policy auditor_reads on fact.publication_note for select to stm_auditor using (true);
-- A note is for whoever sees its publication.
create policy app_reads on fact.publication_note for select to stm_app using (
    exists (select from fact.publication p where p.key = publication_note.publication));
create policy app_appends on fact.publication_note for insert to stm_app with check ((select app_role()) = 'SYSTEM');

-- down
drop view known.publication_note;
drop table fact.publication_note;
