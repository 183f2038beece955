-- A partner that was asked to do something, of which no source says that it does.
alter table fact.action_partner drop constraint action_partner_role_check;
alter table fact.action_partner add constraint action_partner_role_check check (
    role in ('OWNER', 'EXECUTOR', 'COMMISSIONER', 'CONTRACTOR', 'DEVELOPER', 'EXPERT', 'SOUNDING_BOARD', 'DATA_SUPPLIER',
        'PARTICIPANT', 'TARGET_GROUP', 'IMPLEMENTER', 'REQUESTED'));

-- What the code is called, and what a cell is called that no table of the letter has: two rows more, behind those that there are.
do $$
begin
    execute 'create or replace view bi.dim_code with (security_invoker = true) as '
        || rtrim(pg_get_viewdef('bi.dim_code'::regclass), ';')
        || ' union all values (''PARTNER_ROLE'', ''REQUESTED'', 12, ''Gevraagd'', ''Requested''),'
        || ' (''BUDGET_STATE'', ''NOT_IN_SOURCE'', 5, ''niet in de bron'', ''not in the source'')';
end $$;

-- down
do $$
declare
    parts text[] := string_to_array(pg_get_viewdef('bi.dim_code'::regclass), 'UNION ALL');
begin
    execute 'create or replace view bi.dim_code with (security_invoker = true) as '
        || array_to_string(parts[1:array_length(parts, 1) - 1], 'UNION ALL');
end $$;
alter table fact.action_partner drop constraint action_partner_role_check;
alter table fact.action_partner add constraint action_partner_role_check check (
    role in ('OWNER', 'EXECUTOR', 'COMMISSIONER', 'CONTRACTOR', 'DEVELOPER', 'EXPERT', 'SOUNDING_BOARD', 'DATA_SUPPLIER',
        'PARTICIPANT', 'TARGET_GROUP', 'IMPLEMENTER'));
