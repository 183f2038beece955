//! By what partners, their roles and what names them are looked up.

graphql::index_key! {
    /// Partners by key.
    pub(crate) PartnerByKey<'a> of partner by &'a str = |row| &row.key;

    /// Roles by action.
    pub(crate) RoleByAction<'a> of action_partner by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Roles by partner.
    pub(super) RoleByPartner<'a> of action_partner by &'a str = |row| &row.partner;

    /// Roles by subject.
    pub(super) RoleBySubject<'a> of action_partner by &'a str = |row| &row.subject_key;

    /// Mentions by action.
    pub(super) MentionByAction<'a> of partner_mention by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Mentions by partner.
    pub(super) MentionByPartner<'a> of partner_mention by &'a str = |row| &row.partner;

    /// Unnamed parties by action.
    pub(super) UnnamedByAction<'a> of unnamed_party by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Participants of meetings by partner.
    pub(super) ParticipantByPartner<'a> of event_participant by Option<&'a str> =
        |row| row.partner.as_deref();
}
