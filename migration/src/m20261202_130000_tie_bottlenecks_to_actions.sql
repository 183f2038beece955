-- A bottleneck of a region may stand in the way of an action of the plan, and a partner may have taken it up: both by their keys.
alter table fact.regional_bottleneck
    add column action text check (action ~ '^[^/]+/[0-9]+$'),
    add column partner text check (partner <> '');
call show_new_columns('regional_bottleneck');

-- down
drop view known.regional_bottleneck;
alter table fact.regional_bottleneck drop column action, drop column partner;
call show_new_columns('regional_bottleneck');
grant select, insert on known.regional_bottleneck to stm_app;
