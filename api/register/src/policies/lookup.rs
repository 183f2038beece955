//! By what policies, their provisions and the decisions on them are looked up.

graphql::index_key! {
    /// Policy documents by key.
    pub(super) DocumentByKey<'a> of policy_document by &'a str = |row| &row.key;

    /// Adoptions by policy.
    pub(crate) AdoptionByPolicy<'a> of policy_adoption by &'a str = |row| &row.policy;

    /// Adoptions by municipality.
    pub(super) AdoptionByMunicipality<'a> of policy_adoption by Option<&'a str> =
        |row| row.municipality.as_deref();

    /// Adoptions by subject.
    pub(super) AdoptionBySubject<'a> of policy_adoption by &'a str = |row| &row.subject_key;

    /// Words on the policy of a municipality, by municipality.
    pub(super) DeclarationByMunicipality<'a> of policy_declaration by &'a str =
        |row| &row.municipality;

    /// Provisions by policy.
    pub(super) ProvisionByPolicy<'a> of policy_provision by &'a str = |row| &row.policy;

    /// Provisions by the partner that they name.
    pub(crate) ProvisionByPartner<'a> of policy_provision by Option<&'a str> =
        |row| row.partner.as_deref();
}
