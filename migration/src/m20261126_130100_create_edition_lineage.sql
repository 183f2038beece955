-- Which edition takes the place of which: one row per criterion that goes on, changes, goes or comes. `criterion` is that of the new edition, none when it goes;
-- `from_criterion` that of the old one, none when it comes.
create table fact.criterion_lineage (
    like fact_columns including all,
    edition text not null,
    criterion text,
    from_edition text not null,
    from_criterion text,
    change text not null check (change in ('CARRIED', 'CHANGED', 'DROPPED', 'ADDED')),
    check ((change = 'DROPPED') = (criterion is null)),
    check ((change = 'ADDED') = (from_criterion is null)),
    check (change <> 'CARRIED' or criterion = from_criterion)
);
call keep_fact('criterion_lineage');
call wall_public_fact('criterion_lineage', array['SYSTEM', 'VNG']);

-- down
drop view known.criterion_lineage;
drop table fact.criterion_lineage;
