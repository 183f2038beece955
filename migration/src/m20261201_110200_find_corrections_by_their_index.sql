-- `known.*` reads a table twice: its rows, and which of them another row takes the place of. Hardly any row does, and the index of
-- `corrects` has those that do together; a query that says so reads them there and not the whole table once more. The 1,130 memberships of
-- areas took 0.53 ms, and take 0.31. Not where totals join a small table with itself many times: Postgres expects the index to have next to
-- nothing and reads it for every row.
do $$
declare
    one record;
    of_all constant text := 'c.corrects = f.id';
    of_those_that_do constant text := 'c.corrects is not null and c.corrects = f.id';
begin
    for one in
        select c.relname, pg_get_viewdef(c.oid) as shown from pg_class c
        where c.relnamespace = 'known'::regnamespace and c.relkind = 'v' and pg_get_viewdef(c.oid) like '%' || of_all || '%'
            and c.relname not in ('budget_cell', 'policy_adoption', 'policy_provision', 'status_report')
    loop
        execute format('create or replace view known.%I with (security_invoker = true) as %s', one.relname,
            replace(one.shown, '(' || of_all || ')', of_those_that_do));
    end loop;
    -- What scope reads of the present, and what later migrations make views with.
    for one in
        select pg_get_functiondef(p.oid) as made from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosrc like '%' || of_all || '%'
    loop
        execute replace(one.made, of_all, of_those_that_do);
    end loop;
end $$;

-- down
do $$
declare
    one record;
    of_all constant text := 'c.corrects = f.id';
    of_those_that_do constant text := 'c.corrects is not null and c.corrects = f.id';
begin
    for one in
        select c.relname, pg_get_viewdef(c.oid) as shown from pg_class c
        where c.relnamespace = 'known'::regnamespace and c.relkind = 'v' and pg_get_viewdef(c.oid) like '%' || of_all || '%'
    loop
        execute format('create or replace view known.%I with (security_invoker = true) as %s', one.relname,
            replace(one.shown, '(c.corrects IS NOT NULL) AND ', ''));
    end loop;
    for one in
        select pg_get_functiondef(p.oid) as made from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosrc like '%' || of_those_that_do || '%'
    loop
        execute replace(one.made, of_those_that_do, of_all);
    end loop;
end $$;
