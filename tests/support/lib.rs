//! What the tests stand on: a real Postgres, a database of one's own per test, the service on a
//! port of its own logged in as the application's role, a clock that can be set, and tokens.

mod app;
mod builders;
mod client;
mod data;
mod database;
mod events;
mod folder;
mod keys;
mod log;
mod mail;
mod tokens;

pub use app::{
    App, Instance, noon, spawn_app, spawn_app_limited, spawn_app_on, spawn_app_published_by,
    spawn_app_traced, spawn_app_trusting, spawn_app_trying_out, spawn_app_trying_out_limited,
    spawn_app_trying_out_on, spawn_app_with_one_connection, spawn_app_without_second_wall,
};
pub use builders::{
    Change, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_publication, a_release, a_report,
    a_reporting_region, a_round, a_submission, after_closing, met,
};
pub use client::{Answer, Client, http, http_builder};
pub use data::edited;
pub use database::{TestDatabase, furnish, programs, superuser_url};
pub use events::Events;
pub use folder::DataFolder;
pub use keys::{Answers, KeyServer, SigningKey};
pub use log::{audit_lines, keep_log_lines, log_lines};
pub use mail::{Mail, MailServer, Manners, SilentPort};
pub use tokens::{
    LONGEST_LIFETIME, ministry, municipality, partner, public_key, region, sign, token, vng, vng_as,
};
