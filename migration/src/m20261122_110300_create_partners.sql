create table fact.partner (
    like fact_columns including all,
    key text not null,
    name text not null,
    name_en text not null,
    kind text not null
        check (kind in ('MINISTRY', 'GOVERNMENT_AGENCY', 'MUNICIPALITY', 'MUNICIPAL_ASSOCIATION', 'REGION',
            'INVESTIGATION', 'PROSECUTION', 'RIEC', 'COORDINATION_CENTRE', 'CARE_PROVIDER', 'NGO', 'RESEARCH',
            'CONSULTANCY', 'RAPPORTEUR', 'GROUP', 'OTHER')),
    aliases text[] not null,
    municipality text,
    area text,
    website text
);
call keep_fact('partner');

create table fact.action_partner (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    partner text not null,
    role text not null
        check (role in ('OWNER', 'EXECUTOR', 'COMMISSIONER', 'CONTRACTOR', 'DEVELOPER', 'EXPERT', 'SOUNDING_BOARD',
            'DATA_SUPPLIER', 'PARTICIPANT', 'TARGET_GROUP', 'IMPLEMENTER')),
    implementation text check (implementation in ('REPORTED', 'NOT_REPORTED')),
    text_nl text not null,
    check (role = 'IMPLEMENTER' or implementation is null)
);
call keep_fact('action_partner');

create table fact.partner_mention (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    partner text not null,
    printed text not null,
    text_nl text not null
);
call keep_fact('partner_mention');

create table fact.unnamed_party (
    like fact_columns including all,
    plan text not null,
    number integer not null,
    position integer not null,
    printed text not null,
    text_nl text not null
);
call keep_fact('unnamed_party');

create table fact.event (
    like fact_columns including all,
    key text not null,
    title_nl text not null,
    title_en text not null,
    held_on date,
    date_text text not null,
    text_nl text,
    printed_participants_text text
);
call keep_fact('event');

create table fact.event_participant (
    like fact_columns including all,
    event text not null,
    position integer not null,
    printed text not null,
    partner text
);
call keep_fact('event_participant');

-- down
drop view known.event_participant, known.event, known.unnamed_party, known.partner_mention, known.action_partner,
    known.partner;
drop table fact.event_participant, fact.event, fact.unnamed_party, fact.partner_mention, fact.action_partner,
    fact.partner;
