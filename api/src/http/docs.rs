//! Pages of the documentation that are made from the code's own sources.
//!
//! `/docs/mandaat` is the mandate table: it cannot say something else than the guards do, because both read
//! [`crate::policy::Rule`].

use std::{fmt::Write as _, sync::LazyLock};

use actix_web::HttpResponse;

use super::pages::asset;
use crate::{
    auth::RoleKind,
    policy::{MUTATIONS, Reach, Rule, Verb},
};

const HEAD: &str = r#"<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mandaat: wie ziet en doet wat</title>
<style>
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 72rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
a { color: #0b4a8f; } h1 { line-height: 1.2; } code { background: #f0f2f5; padding: 0 .25rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .5rem 0; }
th, td { border: 1px solid #767676; padding: .4rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #f0f2f5; } tbody th { font-weight: 600; } .en { display: block; color: #595959; }
.scroll { overflow-x: auto; }
</style>
</head>
<body>
<main>
<p><a href="/">Samen tegen mensenhandel: monitor</a></p>
<h1>Wie ziet en doet wat<span class="en" lang="en">Who sees and does what</span></h1>
<p>Iedereen ziet het plan, de gesloten rondes, de begroting, de partners, de gebieden, het beleid en het kader. Deze tabellen zeggen wie meer ziet, en wie iets mag wijzigen. Wie een token heeft vraagt het aan de dienst zelf met <code>{ viewer { may { operation allowed of because { nl } } } }</code>.</p>
<p lang="en">Everybody sees the plan, closed rounds, the budget, partners, areas, policies and the framework. These tables say who sees more, and who may change something. Whoever has a token asks the service itself with <code>{ viewer { may { operation allowed of because { en } } } }</code>.</p>
"#;

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

/// A text in both languages.
fn both((nl, en): (&str, &str)) -> String {
    if nl == en {
        nl.to_owned()
    } else {
        format!("{nl}<span class=\"en\" lang=\"en\">{en}</span>")
    }
}

fn cell(reach: Reach) -> String {
    match reach {
        Reach::Nothing => "<td>-</td>".to_owned(),
        Reach::Published
        | Reach::Own
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed
        | Reach::All => format!("<td>{}</td>", both(reach.text())),
    }
}

fn table(page: &mut String, verb: Verb, caption: (&str, &str)) {
    let _ = write!(
        page,
        "<div class=\"scroll\" tabindex=\"0\"><table><caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th>",
        both(caption),
        both(("Regel", "Rule"))
    );
    for role in RoleKind::ALL {
        let _ = write!(page, "<th scope=\"col\">{}</th>", both(role_name(role)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for rule in Rule::ALL.iter().filter(|rule| rule.verb() == verb) {
        let _ = write!(
            page,
            "<tr><th scope=\"row\"><code>{}</code> {}",
            rule.code(),
            both(rule.text())
        );
        for (mutation, _) in MUTATIONS.iter().filter(|(_, asked)| asked == rule) {
            let _ = write!(page, " <code>{mutation}</code>");
        }
        page.push_str("</th>");
        for role in RoleKind::ALL {
            page.push_str(&cell(rule.reach(role)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table></div>\n");
}

static MANDATE: LazyLock<String> = LazyLock::new(|| {
    let mut page = HEAD.to_owned();
    table(&mut page, Verb::Read, ("Zien", "Seeing"));
    table(&mut page, Verb::Change, ("Wijzigen", "Changing"));
    page.push_str("</main>\n</body>\n</html>\n");
    page
});

/// `GET /docs/mandaat`: the mandate table.
pub(super) async fn mandate() -> HttpResponse {
    asset("text/html; charset=utf-8", &MANDATE)
}
