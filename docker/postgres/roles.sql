-- The three roles of the service, and their rights on one database. Run it as a superuser,
-- connected to that database:
--
--   stm_owner     owns the database and changes its structure (stm migrate)
--   stm_app       the service; owns nothing, so row-level security holds for it
--   stm_auditor   reads all for verify, export and backup
--
-- It may be run again, and it is needed again for a database that was restored: roles belong to the
-- server and rights on a database stay with the database, so a backup brings back neither. `stm
-- roles` prints this file.
--
-- The service tells its roles apart by these names, so they are no setting. Their passwords are:
-- give each one its own.

do $$
declare
    role_name text;
begin
    foreach role_name in array array['stm_owner', 'stm_app', 'stm_auditor'] loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format(
                'create role %I login nosuperuser nobypassrls nocreatedb nocreaterole noreplication', role_name
            );
            -- Days are computed in Rust; a session never shifts an instant.
            execute format('alter role %I set timezone = %L', role_name, 'UTC');
        end if;
    end loop;
    execute format('alter database %I owner to stm_owner', current_database());
    -- Everybody may make temporary tables unless this is taken away.
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to stm_owner, stm_app, stm_auditor', current_database());
end
$$;

revoke create on schema public from public;

-- Nobody makes large objects: no table has them, no policy walls them off, and they break the dump that the auditor makes.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_import(text), lo_import(text, oid) from public;
