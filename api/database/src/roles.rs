//! The three database roles: made by a superuser or the embedded supervisor, checked by `serve`.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement};

use super::DbError;

/// The role that owns the tables and runs migrations.
pub const OWNER: &str = "stm_owner";
/// The role of the service: selects and appends facts, owns nothing.
pub const APP: &str = "stm_app";
/// The role that may select everything: verify, export, backup.
pub const AUDITOR: &str = "stm_auditor";

/// What makes the roles and gives them the database that it is run on. The embedded supervisor, the
/// Compose set-up and `stm roles` have it from the same file.
pub const SQL: &str = include_str!("../../../docker/postgres/roles.sql");

/// Why a login is too mighty for the service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the login {login} {why}; the service wants a login like stm_app: no superuser, no bypassrls, \
     owner of nothing"
)]
pub struct TooMighty {
    login: String,
    why: &'static str,
}

/// Makes a database on a server of our own, where it is missing.
///
/// # Errors
/// When the server refuses.
pub async fn make_database(superuser: &DatabaseConnection, database: &str) -> Result<(), DbError> {
    make_unchecked(superuser, database)
        .await
        .map_err(DbError::doing("making the database"))
}

async fn make_unchecked(superuser: &DatabaseConnection, database: &str) -> Result<(), DbErr> {
    let exists = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select from pg_database where datname = $1",
        [database.into()],
    );
    if superuser.query_one_raw(exists).await?.is_none() {
        superuser
            .execute_unprepared(&format!("create database {database}"))
            .await?;
    }
    Ok(())
}

/// Makes the roles where they are missing, and gives them the database of this connection.
///
/// # Errors
/// When the server refuses.
pub async fn provision(superuser: &DatabaseConnection) -> Result<(), DbError> {
    superuser
        .execute_unprepared(SQL)
        .await
        .map_err(DbError::doing("making the roles"))?;
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
/// `Err(TooMighty)` inside when the login is, or may become, a superuser or one that bypasses row
/// security, when it reads as the auditor, or when it owns or may make tables, be they temporary;
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
                or exists (select from pg_namespace n
                    where n.nspname in ('public', 'fact', 'known', 'work', 'bi')
                  and has_schema_privilege(n.oid, 'create')) as creates
         from pg_roles r where r.rolname = current_user",
    ))
    .one(pool)
    .await
    .map_err(DbError::doing("checking the login"))?
    .ok_or_else(|| {
        DbError::doing("checking the login")(DbErr::RecordNotFound("pg_roles".into()))
    })?;
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

/// The login does not see everything, so a verification would raise a false alarm or find nothing
/// to check.
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
