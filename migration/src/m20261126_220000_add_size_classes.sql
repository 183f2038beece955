-- A size class is a set of municipalities with dates, as every other kind of area: counted by, and never acting.
alter table fact.area drop constraint area_kind_check;
alter table fact.area add constraint area_kind_check check (
    kind in ('SAFETY_REGION', 'PROVINCE', 'POLICE_UNIT', 'RIEC', 'COOPERATION_AREA', 'SIZE_CLASS'));

-- What the code is called: one row more, behind those that there are.
do $$
begin
    execute 'create or replace view bi.dim_code with (security_invoker = true) as '
        || rtrim(pg_get_viewdef('bi.dim_code'::regclass), ';')
        || ' union all values (''AREA_KIND'', ''SIZE_CLASS'', 6, ''Grootteklasse'', ''Size class'')';
end $$;

-- down
do $$
begin
    execute 'create or replace view bi.dim_code with (security_invoker = true) as '
        || split_part(pg_get_viewdef('bi.dim_code'::regclass), 'UNION ALL', 1);
end $$;
alter table fact.area drop constraint area_kind_check;
alter table fact.area add constraint area_kind_check check (
    kind in ('SAFETY_REGION', 'PROVINCE', 'POLICE_UNIT', 'RIEC', 'COOPERATION_AREA'));
