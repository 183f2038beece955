//! The three database roles: made by the embedded supervisor, checked by `serve`.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement};

use super::DbError;

/// The role that owns the tables and runs migrations.
pub const OWNER: &str = "stm_owner";
/// The role of the service: selects and appends facts, owns nothing.
pub const APP: &str = "stm_app";
/// The role that may select everything: verify, export, backup.
pub const AUDITOR: &str = "stm_auditor";

/// Why a login is too mighty for the service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the login {login} {why}; the service wants a login like stm_app: no superuser, no bypassrls, owner of nothing"
)]
pub struct TooMighty {
    login: String,
    why: &'static str,
}

/// Makes the roles and the database on a server of our own, where they are missing.
///
/// # Errors
/// When the server refuses.
pub async fn provision(superuser: &DatabaseConnection, database: &str) -> Result<(), DbError> {
    provision_unchecked(superuser, database)
        .await
        .map_err(DbError::doing("making roles and database"))
}

async fn provision_unchecked(superuser: &DatabaseConnection, database: &str) -> Result<(), DbErr> {
    for role in [OWNER, APP, AUDITOR] {
        superuser
            .execute_unprepared(&format!(
                "do $$ begin
                    if not exists (select from pg_roles where rolname = '{role}') then
                        create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
                        alter role {role} set timezone = 'UTC';
                    end if;
                end $$"
            ))
            .await?;
    }
    let exists = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select from pg_database where datname = $1",
        [database.into()],
    );
    if superuser.query_one_raw(exists).await?.is_none() {
        superuser
            .execute_unprepared(&format!("create database {database} owner {OWNER}"))
            .await?;
        superuser
            .execute_unprepared(&format!("revoke all on database {database} from public"))
            .await?;
        superuser
            .execute_unprepared(&format!(
                "grant connect on database {database} to {APP}, {AUDITOR}"
            ))
            .await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Login {
    login: String,
    superuser: bool,
    bypasses: bool,
    borrows: bool,
    audits: bool,
    owns: bool,
    creates: bool,
}

/// Refuses a login that could get round row-level security.
///
/// # Errors
/// `Err(TooMighty)` inside when the login is, or may become, a superuser or one that bypasses row security, when it reads
/// as the auditor, or when it owns or may make tables, be they temporary;
/// outside when the database fails.
pub async fn check_login(pool: &DatabaseConnection) -> Result<Result<(), TooMighty>, DbError> {
    let login = Login::find_by_statement(Statement::from_string(
        DbBackend::Postgres,
        "select current_user::text as login, r.rolsuper as superuser, r.rolbypassrls as bypasses,
            exists (select from pg_roles s where (s.rolsuper or s.rolbypassrls)
                and pg_has_role(current_user, s.oid, 'member')) as borrows,
            exists (select from pg_roles a where a.rolname = 'stm_auditor'
                and pg_has_role(current_user, a.oid, 'member')) as audits,
            exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('public', 'fact', 'known', 'work', 'bi')
                  and pg_has_role(current_user, c.relowner, 'member')) as owns,
            has_database_privilege(current_database(), 'create')
                or has_database_privilege(current_database(), 'temp')
                or exists (select from pg_namespace n where n.nspname in ('public', 'fact', 'known', 'work', 'bi')
                  and has_schema_privilege(n.oid, 'create')) as creates
         from pg_roles r where r.rolname = current_user",
    ))
    .one(pool)
    .await
    .map_err(DbError::doing("checking the login"))?
    .ok_or_else(|| DbError::doing("checking the login")(DbErr::RecordNotFound("pg_roles".into())))?;
    let why = if login.superuser {
        "is a superuser"
    } else if login.bypasses {
        "bypasses row-level security"
    } else if login.borrows {
        "may become a superuser or one that bypasses row-level security"
    } else if login.audits {
        "reads everything as the auditor does"
    } else if login.owns {
        "owns tables"
    } else if login.creates {
        "may create tables"
    } else {
        return Ok(Ok(()));
    };
    Ok(Err(TooMighty {
        login: login.login,
        why,
    }))
}

/// The login does not see everything, so a verification would raise a false alarm or find nothing to check.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the login {login} does not see every row; verify wants a login like stm_auditor")]
pub struct NoAuditor {
    login: String,
}

#[derive(FromQueryResult)]
struct Reader {
    login: String,
    sees_all: bool,
}

/// Refuses a login that row-level security hides rows from: for the owner it hides all of them.
///
/// # Errors
/// `Err(NoAuditor)` inside when the login is no auditor; outside when the database fails.
pub async fn check_auditor(pool: &DatabaseConnection) -> Result<Result<(), NoAuditor>, DbError> {
    let reader = Reader::find_by_statement(Statement::from_string(
        DbBackend::Postgres,
        "select current_user::text as login,
            exists (select from pg_roles a where a.rolname = 'stm_auditor'
                and pg_has_role(current_user, a.oid, 'member')) as sees_all",
    ))
    .one(pool)
    .await
    .map_err(DbError::doing("checking the login"))?
    .ok_or_else(|| {
        DbError::doing("checking the login")(DbErr::RecordNotFound("pg_roles".into()))
    })?;
    Ok(if reader.sees_all {
        Ok(())
    } else {
        Err(NoAuditor {
            login: reader.login,
        })
    })
}
