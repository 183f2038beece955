-- A criterion may rest on its adoption by VNG.
alter table fact.criterion
    drop constraint criterion_basis_check,
    add constraint criterion_basis_check
        check (basis in ('NEED_IN_SOURCE', 'TOPIC_IN_SOURCE', 'OUR_PROPOSAL', 'ADOPTED_BY_VNG'));

-- down
alter table fact.criterion
    drop constraint criterion_basis_check,
    add constraint criterion_basis_check check (basis in ('NEED_IN_SOURCE', 'TOPIC_IN_SOURCE', 'OUR_PROPOSAL'));
