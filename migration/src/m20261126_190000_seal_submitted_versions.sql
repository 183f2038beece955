-- Facts are corrected by rows that take their place. What a municipality submitted is not: a better version is another version, and a withdrawal
-- is a fact of its own.
alter table fact.assessment_version
    add constraint assessment_version_is_final check (corrects is null and not withdrawn);
alter table fact.answer add constraint answer_is_final check (corrects is null and not withdrawn);
alter table fact.evidence add constraint evidence_is_final check (corrects is null and not withdrawn);

-- An answer and its evidence come in with the entry of their version and never after it. Looked at once per statement, because submissions come by
-- hundreds of rows.
create function comes_with_its_version() returns trigger language plpgsql as $$
begin
    if exists (
        select from added a
        where not exists (
            select from fact.assessment_version v
            where v.municipality = a.municipality and v.period = a.period and v.number = a.version
              and v.ledger_no = a.ledger_no)
    ) then
        raise exception 'a row of % violates the foreign key to the version that it comes in with', tg_table_name
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
create trigger comes_with_its_version after insert on fact.answer
    referencing new table as added for each statement execute function comes_with_its_version();
create trigger comes_with_its_version after insert on fact.evidence
    referencing new table as added for each statement execute function comes_with_its_version();

-- down
drop trigger comes_with_its_version on fact.evidence;
drop trigger comes_with_its_version on fact.answer;
drop function comes_with_its_version;
alter table fact.evidence drop constraint evidence_is_final;
alter table fact.answer drop constraint answer_is_final;
alter table fact.assessment_version drop constraint assessment_version_is_final;
