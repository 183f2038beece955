#!/bin/sh
# Gives the three roles that roles.sql makes their passwords.
set -eu

: "${STM_OWNER_PASSWORD:?}" "${STM_APP_PASSWORD:?}" "${STM_AUDITOR_PASSWORD:?}"

# The quoted 'SQL' keeps the shell out of the statements; psql quotes the passwords itself.
psql --no-psqlrc --set=ON_ERROR_STOP=1 \
    --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=owner_password="$STM_OWNER_PASSWORD" \
    --set=app_password="$STM_APP_PASSWORD" \
    --set=auditor_password="$STM_AUDITOR_PASSWORD" <<'SQL'
alter role stm_owner password :'owner_password';
alter role stm_app password :'app_password';
alter role stm_auditor password :'auditor_password';
SQL
