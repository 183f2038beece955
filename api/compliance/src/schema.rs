//! What compliance adds to the contract: the queries and mutations of its nouns.

use crate::{
    about::schema::AboutQuery,
    assessment::{
        mandate::{MandateMutation, MandateQuery},
        mutations::{AssessmentMutation, ReviewMutation},
        schema::AssessmentQuery,
    },
    duties::{mutations::DutiesMutation, schema::DutiesQuery},
    feed_keys::{mutations::FeedKeyMutation, schema::FeedKeyQuery},
    framework::{
        consultation::schema::ConsultationQuery, mutations::FrameworkMutation,
        schema::FrameworkQuery,
    },
    ledger::{changes::ChangesQuery, schema::LedgerQuery},
    monitoring::{mutations::MonitoringMutation, schema::MonitoringQuery},
    node::NodeQuery,
    notices::{mutations::MailboxMutation, schema::MailboxQuery},
    picture::schema::PictureQuery,
    publication::{mutations::PublicationMutation, schema::PublicationQuery},
    regional::{mutations::RegionalMutation, preview::RegionalPreviewQuery, schema::RegionalQuery},
    reminders::schema::ReminderQuery,
    search::schema::SearchQuery,
    tasks::{acceptance::AcceptanceQuery, review_item::ReviewQuery, schema::TaskQuery},
    verdict::{history::VerdictHistoryQuery, schema::VerdictQuery},
};
use async_graphql::MergedObject;

/// What can be asked of compliance. NL: vragen.
#[derive(MergedObject, Default)]
pub struct ComplianceQuery(
    AboutQuery,
    SearchQuery,
    FrameworkQuery,
    ConsultationQuery,
    AssessmentQuery,
    MandateQuery,
    VerdictQuery,
    VerdictHistoryQuery,
    PictureQuery,
    PublicationQuery,
    TaskQuery,
    ReviewQuery,
    ReminderQuery,
    AcceptanceQuery,
    RegionalQuery,
    RegionalPreviewQuery,
    DutiesQuery,
    MonitoringQuery,
    LedgerQuery,
    ChangesQuery,
    FeedKeyQuery,
    MailboxQuery,
    NodeQuery,
);

/// What can be changed in compliance. NL: handelingen.
#[derive(MergedObject, Default)]
pub struct ComplianceMutation(
    MonitoringMutation,
    FrameworkMutation,
    AssessmentMutation,
    ReviewMutation,
    MandateMutation,
    PublicationMutation,
    RegionalMutation,
    DutiesMutation,
    FeedKeyMutation,
    MailboxMutation,
);
