//! Pages of the documentation: the same frame as every page, beside a menu of their own.

use maud::{Markup, PreEscaped, html};

use crate::{
    Colophon, Language,
    frame::{self, Head},
};

/// A page of the documentation. It is the same for everybody until the program is another.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// The language in which it is.
    pub language: Language,
    /// Where it is in Dutch.
    pub dutch: &'a str,
    /// Where it is in English.
    pub english: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What a search engine shows.
    pub description: &'a str,
    /// All pages of the documentation in this language: where each is, and its title.
    pub menu: &'a [(String, &'static str)],
    /// What it tells, as HTML of our own.
    pub content: &'a str,
}

impl Article<'_> {
    /// The whole page.
    #[must_use]
    pub fn lay_out(&self, colophon: Colophon<'_>) -> String {
        let head = Head {
            language: self.language,
            dutch: self.dutch,
            english: self.english,
            entry: "/docs",
            title: self.title,
            description: self.description,
        };
        let content = html! {
            div.stm-beside {
                nav.stm-chapters aria-label=(self.language.pick("Documentatie", "Documentation")) { (self.chapters()) }
                div.stm-article {
                    h1.utrecht-heading-1 { (self.title) }
                    (PreEscaped(self.content))
                }
            }
        };
        frame::document(&head, &content, colophon)
    }

    fn chapters(&self) -> Markup {
        let own = self.language.pick(self.dutch, self.english);
        html! {
            ul {
                @for (address, title) in self.menu {
                    li { a.utrecht-link href=(address) aria-current=[(address == own).then_some("page")] { (title) } }
                }
            }
        }
    }
}

/// HTML of our own with the classes by which the stylesheet knows its elements.
#[must_use]
pub fn dressed(html: &str) -> String {
    const CLASSES: [(&str, &str); 14] = [
        ("<p>", "<p class=\"utrecht-paragraph\">"),
        ("<p lang=", "<p class=\"utrecht-paragraph\" lang="),
        ("<h2", "<h2 class=\"utrecht-heading-2\""),
        ("<h3", "<h3 class=\"utrecht-heading-3\""),
        ("<a href=", "<a class=\"utrecht-link\" href="),
        ("<ul>", "<ul class=\"utrecht-unordered-list\">"),
        ("<table>", "<table class=\"utrecht-table\">"),
        ("<caption>", "<caption class=\"utrecht-table__caption\">"),
        ("<thead>", "<thead class=\"utrecht-table__header\">"),
        ("<tbody>", "<tbody class=\"utrecht-table__body\">"),
        (
            "<th scope=\"col\">",
            "<th class=\"utrecht-table__header-cell\" scope=\"col\">",
        ),
        (
            "<th scope=\"row\">",
            "<th class=\"utrecht-table__cell\" scope=\"row\">",
        ),
        ("<td>", "<td class=\"utrecht-table__cell\">"),
        ("<pre tabindex", "<pre class=\"stm-scroll\" tabindex"),
    ];
    CLASSES
        .iter()
        .fold(html.to_owned(), |html, (plain, dressed)| {
            html.replace(plain, dressed)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_get_the_classes_of_the_stylesheet_and_texts_stay() {
        let html = "<h2 id=\"a\">A</h2><p>&lt;p&gt; <a href=\"/\">x</a></p><td>1</td>";
        assert_eq!(
            dressed(html),
            "<h2 class=\"utrecht-heading-2\" id=\"a\">A</h2><p class=\"utrecht-paragraph\">&lt;p&gt; <a \
             class=\"utrecht-link\" href=\"/\">x</a></p><td class=\"utrecht-table__cell\">1</td>"
        );
    }
}
