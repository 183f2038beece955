-- What the catalogue of Postgres says of our schemas, a line for each thing. Expressions of policies are told without what one version of
-- Postgres writes otherwise than another: parentheses, blanks, aliases and casts.
with ours as (
    select n.oid, n.nspname, n.nspacl from pg_namespace n
    where n.nspname in ('public', 'fact', 'known', 'work', 'bi')
), things as (
    select c.oid, ours.nspname || '.' || c.relname as name, c.relkind, c.relacl, c.relrowsecurity, c.relforcerowsecurity,
        coalesce(c.reloptions @> array['security_invoker=true'], false) as as_invoker
    from pg_class c join ours on ours.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and c.relname not like 'seaql_migrations%'
), functions as (
    select ours.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
        p.prosecdef, p.prosrc, coalesce(p.proacl, acldefault('f', p.proowner)) as acl
    from pg_proc p join ours on ours.oid = p.pronamespace
), rights as (
    select t.name, a.grantee, a.privilege_type from things t cross join lateral aclexplode(t.relacl) a
    union all
    select t.name || '(' || c.attname || ')', a.grantee, a.privilege_type
    from things t join pg_attribute c on c.attrelid = t.oid and not c.attisdropped cross join lateral aclexplode(c.attacl) a
    union all
    select 'schema ' || ours.nspname, a.grantee, a.privilege_type from ours cross join lateral aclexplode(ours.nspacl) a
    union all
    select 'function ' || f.name, a.grantee, a.privilege_type from functions f cross join lateral aclexplode(f.acl) a
), expressions as (
    select p.schemaname || '.' || p.tablename || ' ' || p.policyname as name, p.permissive, p.cmd, p.roles,
        regexp_replace(p.qual, '\s+|[()]| AS \w+|::\w+(\[\])?', '', 'g') as reads,
        regexp_replace(p.with_check, '\s+|[()]| AS \w+|::\w+(\[\])?', '', 'g') as writes
    from pg_policies p join ours on ours.nspname = p.schemaname
)
select 'server ' || current_setting('server_version_num')::integer / 10000 as line
union all
select 'table ' || name || case when relrowsecurity then ' walled' else ' open' end
    || case when relforcerowsecurity then ' forced' else '' end
from things where relkind in ('r', 'p')
union all
select 'view ' || name || case when as_invoker then ' invoker' else ' owner' end from things where relkind in ('v', 'm')
union all
select 'columns ' || t.name || ' ' || md5(string_agg(c.attname || ' ' || format_type(c.atttypid, c.atttypmod) || ' ' || c.attnotnull, ','
    order by c.attname))
from things t join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
where t.relkind in ('r', 'p', 'v', 'm') group by t.name
union all
select 'index ' || ours.nspname || '.' || c.relname || ' on ' || t.name
from pg_index i join pg_class c on c.oid = i.indexrelid join things t on t.oid = i.indrelid join ours on ours.oid = c.relnamespace
union all
select 'trigger ' || g.tgname || ' on ' || t.name || ' ' || g.tgenabled::text
from pg_trigger g join things t on t.oid = g.tgrelid where not g.tgisinternal
union all
select 'function ' || name || case when prosecdef then ' definer ' else ' invoker ' end || md5(prosrc) from functions
union all
select 'policy ' || name || ' ' || permissive || ' ' || cmd || ' to ' || array_to_string(roles, ',')
    || coalesce(' using ' || reads, '') || coalesce(' check ' || writes, '')
from expressions
union all
select 'right ' || string_agg(lower(r.privilege_type), ',' order by r.privilege_type) || ' on ' || r.name || ' to '
    || case when r.grantee = 0 then 'PUBLIC' else 'stm_app' end
from rights r left join pg_roles g on g.oid = r.grantee
where r.grantee = 0 or g.rolname = 'stm_app'
group by r.name, r.grantee
order by 1
