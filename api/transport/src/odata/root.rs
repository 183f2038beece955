//! The two roots of OData: one for everybody, one with a login.

use actix_web::{HttpRequest, HttpResponse};

use super::{
    super::{App, address, admission, caller},
    as_odata,
};
use domain::actor::{Actor, Role};
use feeds::{caller::Caller, tables::Table};

/// One of the two roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// With a login: what its organisation may read.
    Signed,
    /// Without: what everybody may read.
    Public,
}

impl Root {
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Signed => "/v1/odata",
            Self::Public => "/v1/odata/public",
        }
    }

    /// The address of the root, as the client knows it.
    pub(super) fn address(self, request: &HttpRequest, app: &App) -> String {
        format!("{}{}", address::of(request, app), self.path())
    }

    pub(super) async fn caller(
        self,
        request: &HttpRequest,
        app: &App,
    ) -> Result<Caller, HttpResponse> {
        match self {
            Self::Public => {
                admission::admit_address(request, app).map(|()| Caller::Actor(Actor::public()))
            }
            Self::Signed => match caller::caller(request, app).await {
                Ok(caller) if caller.actor().role == Role::Public => Err(caller::sign_in()),
                answered => answered,
            },
        }
        .map_err(as_odata)
    }

    pub(super) fn knows(self, table: &Table) -> bool {
        self == Self::Signed || table.is_public()
    }
}
