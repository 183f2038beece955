create table fact.tile (
    like fact_columns including all,
    kind text not null check (kind in ('REGION', 'MUNICIPALITY')),
    code text not null,
    tile_row integer not null,
    tile_column integer not null
);
call keep_fact('tile');

create table fact.planned_reorganisation (
    like fact_columns including all,
    effective_on date not null,
    kind text not null check (kind in ('MERGER', 'ABSORPTION', 'SPLIT')),
    predecessor text not null,
    successor text not null,
    state text not null check (state in ('PLANNED'))
);
call keep_fact('planned_reorganisation');

-- down
drop view known.planned_reorganisation, known.tile;
drop table fact.planned_reorganisation, fact.tile;
