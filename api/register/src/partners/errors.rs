//! What can be wrong with partners and with their roles.

use graphql::user_error;

user_error! {
    /// A mistake in a partner. NL: fout bij een partner.
    PartnerError,
    /// What can be wrong with a partner. NL: foutcode.
    PartnerErrorCode {
        /// The key is not lower-case letters, digits and hyphens, at most 64. NL: verkeerde
        /// sleutel.
        InvalidKey,
        /// There is a partner of that key, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// Another partner is called so, or so that only case, accents and signs differ. NL: naam
        /// van een ander.
        NameTaken,
        /// The same alias stands there twice, or is the name itself. NL: dubbele naam.
        AliasRepeated,
        /// There are more than 50 aliases. NL: te veel namen.
        TooManyAliases,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no municipality of that code. NL: onbekende gemeente.
        UnknownMunicipality,
        /// A partner of kind MUNICIPALITY names its municipality, and no other partner does. NL:
        /// gemeente past niet bij soort.
        MunicipalityAndKind,
        /// There is no area of that code. NL: onbekend gebied.
        UnknownArea,
        /// The website is no https address. NL: verkeerd webadres.
        InvalidWebsite,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The partner was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}

user_error! {
    /// A mistake in a role of a partner in an action. NL: fout bij een rol.
    ActionRoleError,
    /// What can be wrong with a role of a partner in an action. NL: foutcode.
    ActionRoleErrorCode {
        /// The plan has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// There is no partner of that key. NL: onbekende partner.
        UnknownPartner,
        /// The partner has this role in these days already, and no version of it was expected. NL:
        /// heeft deze rol al.
        AlreadyAssigned,
        /// The last day is before the first. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// Whether it is put into practice is asked of the role IMPLEMENTER, and of no other. NL:
        /// uitvoering past niet bij rol.
        ImplementationAndRole,
        /// The words are empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The role was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}
