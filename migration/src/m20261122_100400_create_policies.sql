create table fact.policy_document (
    like fact_columns including all,
    key text not null,
    title_nl text not null,
    level text not null check (level in ('LOCAL', 'JOINT', 'REGIONAL')),
    area_name text,
    ends_on date,
    ends_on_text text,
    reference text
);
call keep_fact('policy_document');

-- A plan counts for a municipality only from its own adoption. An adoption whose municipality the source does
-- not name counts for nobody.
create table fact.policy_adoption (
    like fact_columns including all,
    policy text not null,
    municipality text,
    body text check (body in ('MUNICIPAL_EXECUTIVE', 'MUNICIPAL_COUNCIL')),
    adopted_on date,
    in_force_on date,
    published_on_text text,
    reference text
);
create index on fact.policy_adoption (municipality);
call keep_fact('policy_adoption');

-- down
drop view known.policy_adoption, known.policy_document;
drop table fact.policy_adoption, fact.policy_document;
