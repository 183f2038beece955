create table fact.municipality (
    like fact_columns including all,
    code text not null check (code ~ '^GM[0-9]{4}$'),
    name text not null,
    label text not null,
    aliases text[] not null default '{}'
);
call keep_fact('municipality');

create table fact.reorganisation (
    like fact_columns including all,
    effective_on date not null,
    kind text not null check (kind in ('MERGER', 'ABSORPTION', 'SPLIT')),
    predecessor text not null,
    successor text not null
);
call keep_fact('reorganisation');

create table fact.area (
    like fact_columns including all,
    code text not null,
    kind text not null check (kind in ('SAFETY_REGION', 'PROVINCE', 'POLICE_UNIT', 'RIEC', 'COOPERATION_AREA')),
    name text not null,
    parent text
);
call keep_fact('area');

create table fact.area_membership (
    like fact_columns including all,
    area text not null,
    municipality text not null
);
create index on fact.area_membership (area);
create index on fact.area_membership (municipality);
call keep_fact('area_membership');

-- An area acts only while VNG has it registered; a municipality has at most one such area on a day.
create table fact.reporting_region (
    like fact_columns including all,
    area text not null
);
call keep_fact('reporting_region');

-- down
drop view known.reporting_region, known.area_membership, known.area, known.reorganisation, known.municipality;
drop table fact.reporting_region, fact.area_membership, fact.area, fact.reorganisation, fact.municipality;
