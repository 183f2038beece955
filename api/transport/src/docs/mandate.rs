//! The mandate table: it cannot say something else than the guards do, because both read
//! [`domain::policy::Rule`].

use std::fmt::Write as _;

use super::page::{Language, sentence};
use domain::{
    actor::RoleKind,
    policy::{Operation, Reach, Rule, Verb},
};

/// The roles as people call them, in the order of the mandate table.
fn role_name(role: RoleKind) -> (&'static str, &'static str) {
    match role {
        RoleKind::Public => ("Publiek", "Public"),
        RoleKind::Partner => ("Partner", "Partner"),
        RoleKind::Municipality => ("Gemeente", "Municipality"),
        RoleKind::Region => ("Regio", "Region"),
        RoleKind::Vng => ("VNG", "VNG"),
        RoleKind::Ministry => ("Ministerie", "Ministry"),
        RoleKind::System => ("Import", "Import"),
    }
}

fn cell(language: Language, reach: Reach) -> String {
    match reach {
        Reach::Nothing => "<td>-</td>".to_owned(),
        Reach::Published
        | Reach::Own
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed
        | Reach::All => format!("<td>{}</td>", language.pick(reach.label())),
    }
}

fn table(page: &mut String, language: Language, verb: Verb, caption: &str) {
    let _ = write!(
        page,
        "<div class=\"stm-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><caption>{caption}\
         </caption>\n<thead><tr><th scope=\"col\">{}</th>",
        language.pick(("Regel", "Rule"))
    );
    for role in RoleKind::ALL {
        let _ = write!(
            page,
            "<th scope=\"col\">{}</th>",
            language.pick(role_name(role))
        );
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for rule in Rule::ALL.iter().filter(|rule| rule.verb() == verb) {
        let _ = write!(
            page,
            "<tr><th scope=\"row\"><code>{}</code> {}",
            rule.code(),
            sentence(language.pick(rule.text()))
        );
        for mutation in Operation::ALL.iter().filter(|one| one.rule() == *rule) {
            let _ = write!(page, " <code>{}</code>", mutation.code());
        }
        page.push_str("</th>");
        for role in RoleKind::ALL {
            page.push_str(&cell(language, rule.reach(role)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table></div>\n");
}

/// The page.
pub(super) fn page(language: Language) -> String {
    let mut page = language
        .pick((
            "<p>Iedereen ziet het plan, de gesloten rondes, de begroting, de partners, de \
             gebieden, het beleid en het kader. Deze tabellen zeggen wie meer ziet, en wie iets \
             mag wijzigen. Wie een token heeft, vraagt het aan de dienst zelf met <code>{ viewer { \
             may { operation allowed of because { nl } } } }</code>.</p>\n",
            "<p>Everybody sees the plan, closed rounds, the budget, partners, areas, policies and \
             the framework. These tables say who sees more, and who may change something. Whoever \
             has a token asks the service itself with <code>{ viewer { may { operation allowed of \
             because { en } } } }</code>.</p>\n",
        ))
        .to_owned();
    table(
        &mut page,
        language,
        Verb::Read,
        language.pick(("Zien", "Seeing")),
    );
    table(
        &mut page,
        language,
        Verb::Change,
        language.pick(("Wijzigen", "Changing")),
    );
    page
}
