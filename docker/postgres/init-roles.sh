#!/bin/sh
# Makes the database and its three roles, once, when the cluster is new. Nobody works as superuser afterwards:
#
#   stm_owner     owns the database and changes its structure (stm migrate)
#   stm_app       the service; owns nothing, so row-level security holds for it
#   stm_auditor   reads all for verify, export and backup
#
# The service tells its roles apart by these names, so they are no setting. Their passwords are.
set -eu

: "${STM_OWNER_PASSWORD:?}" "${STM_APP_PASSWORD:?}" "${STM_AUDITOR_PASSWORD:?}"

# The quoted 'SQL' keeps the shell out of the statements; psql quotes the passwords itself.
psql --no-psqlrc --set=ON_ERROR_STOP=1 \
    --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=owner_password="$STM_OWNER_PASSWORD" \
    --set=app_password="$STM_APP_PASSWORD" \
    --set=auditor_password="$STM_AUDITOR_PASSWORD" <<'SQL'
create role stm_owner
    login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password :'owner_password';
create role stm_app
    login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password :'app_password';
create role stm_auditor
    login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password :'auditor_password';

-- Days are computed in Rust; a session never shifts an instant.
alter role stm_owner set timezone = 'UTC';
alter role stm_app set timezone = 'UTC';
alter role stm_auditor set timezone = 'UTC';

create database stm owner stm_owner;
revoke all on database stm from public;
grant connect on database stm to stm_owner, stm_app, stm_auditor;

\connect stm
revoke create on schema public from public;
SQL
