//! By what the rows of the territory are looked up.

graphql::index_key! {
    /// Areas by code.
    pub(crate) AreaByCode<'a> of area by &'a str = |row| &row.code;

    /// Areas by the area that they lie in.
    pub(super) AreaByParent<'a> of area by Option<&'a str> = |row| row.parent.as_deref();

    /// Memberships by area.
    pub(crate) MembershipByArea<'a> of area_membership by &'a str = |row| &row.area;

    /// Memberships by municipality.
    pub(super) MembershipByMunicipality<'a> of area_membership by &'a str =
        |row| &row.municipality;

    /// The periods of municipalities by code.
    pub(crate) MunicipalityByCode<'a> of municipality by &'a str = |row| &row.code;

    /// Reorganisations by the municipality that went over.
    pub(super) ReorganisationByPredecessor<'a> of reorganisation by &'a str =
        |row| &row.predecessor;

    /// Reorganisations by the municipality that took another in.
    pub(super) ReorganisationBySuccessor<'a> of reorganisation by &'a str = |row| &row.successor;

    /// Squares by map and code.
    pub(super) TileByPlace<'a> of tile by (&'a str, &'a str) = |row| (&row.kind, &row.code);
}
