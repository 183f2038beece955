//! `HEAD`: whatever is read by `GET` tells its headers alone (RFC 9110, 9.3.2); clients of tables
//! ask so before they load.
//!
//! It is carried out as the `GET` that it stands for, so that what is told agrees. Of a stream
//! nothing is sent and so nothing more is read. Not for GraphQL, where a `GET` names an operation
//! and nobody asks for its size.

use actix_web::{
    body::{self, BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
};

/// The paths that answer `HEAD` themselves.
const NOT_HERE: [&str; 2] = ["/v1/graphql", "/graphql"];

/// Makes a `HEAD` the `GET` that it stands for; says whether it was one.
pub(super) fn as_get(request: &mut ServiceRequest) -> bool {
    let is_head = request.method() == Method::HEAD && !NOT_HERE.contains(&request.path());
    if is_head {
        request.head_mut().method = Method::GET;
    }
    is_head
}

/// Leaves out a body that would be made while it is sent. The server leaves out the others, and
/// keeps their length.
pub(super) fn without_stream<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
) -> ServiceResponse<BoxBody> {
    response.map_body(|_, body| match body.size() {
        BodySize::Stream => BoxBody::new(body::None::new()),
        BodySize::None | BodySize::Sized(_) => body.boxed(),
    })
}
