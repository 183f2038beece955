//! A page of the documentation in its language, and how Markdown and tables become HTML.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Dutch, at `/docs/…`.
    Dutch,
    /// English, at `/docs/en/…`.
    English,
}

impl Language {
    /// The one of two texts that is in this language.
    pub(super) fn pick<T>(self, (dutch, english): (T, T)) -> T {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }

    /// The same language as the other pages name it.
    pub(super) fn of_pages(self) -> website::Language {
        match self {
            Self::Dutch => website::Language::Dutch,
            Self::English => website::Language::English,
        }
    }
}

/// What a page tells.
pub(super) enum Body {
    /// Markdown, in Dutch and in English.
    Text(&'static str, &'static str),
    /// HTML that is made from the code's own sources.
    Made(fn(Language) -> String),
}

/// A page in both languages.
pub(super) struct Page {
    pub(super) names: (&'static str, &'static str),
    pub(super) titles: (&'static str, &'static str),
    pub(super) body: Body,
}

impl Page {
    /// Where the page is.
    pub(super) fn address(&self, language: Language) -> String {
        let name = language.pick(self.names);
        match language {
            Language::Dutch => format!("/docs/{name}"),
            Language::English => format!("/docs/en/{name}"),
        }
    }
}

/// What a page tells, as HTML.
pub(super) fn lay_out(page: &Page, language: Language) -> String {
    let body = match page.body {
        Body::Text(nl, en) => html(language.pick((nl, en))),
        Body::Made(make) => make(language),
    };
    website::dressed(&body)
}

/// The changelog, from its own file. It is written in English.
pub(super) fn changes(language: Language) -> String {
    let changelog = include_str!("../../../CHANGELOG.md");
    let rest = changelog.split_once('\n').map_or("", |(_, rest)| rest);
    let body = html(rest);
    match language {
        Language::Dutch => format!(
            "<p>Wat een gebruiker van de API merkt, in het Engels.</p>\n<div \
             lang=\"en\">{body}</div>"
        ),
        Language::English => body,
    }
}

/// Markdown of our own as HTML. Headings get an id, and so an address.
pub(super) fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES;
    let mut events: Vec<Event<'_>> = Parser::new_ext(markdown, options).collect();
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { level, .. }) = &events[at] else {
            continue;
        };
        // The page's own title is its only heading of the first level.
        let level = if *level == HeadingLevel::H1 {
            HeadingLevel::H2
        } else {
            *level
        };
        let words = events[at..]
            .iter()
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            });
        let id = anchor(&words.collect::<String>());
        events[at] = Event::Start(Tag::Heading {
            level,
            id: Some(CowStr::from(id)),
            classes: Vec::new(),
            attrs: Vec::new(),
        });
    }
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, with_tables(events).into_iter());
    out
}

/// The same with our own HTML for tables and code: heads of columns and of rows are told apart from cells, and what is wide
/// scrolls on its own, by keyboard too.
fn with_tables(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut heading = String::new();
    let mut named = Vec::new();
    let mut is_heading = false;
    let mut place = Place::Head;
    let mut closed = "";
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let own: CowStr<'_> = match event {
            Event::Start(Tag::Table(_)) => {
                place = Place::Head;
                wide(&name_of_table(&mut named, &heading)).into()
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".into(),
            Event::Start(Tag::TableHead) => "<thead><tr>".into(),
            Event::End(TagEnd::TableHead) => "</tr></thead>\n<tbody>\n".into(),
            Event::Start(Tag::TableRow) => {
                place = Place::First;
                "<tr>".into()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".into(),
            Event::Start(Tag::TableCell) => {
                // A head that says nothing is none.
                let is_empty = matches!(events.peek(), Some(Event::End(TagEnd::TableCell)));
                let (open, close) = place.cell(is_empty);
                closed = close;
                place = place.next();
                open.into()
            }
            Event::End(TagEnd::TableCell) => closed.into(),
            Event::Start(Tag::CodeBlock(_)) => "<pre tabindex=\"0\"><code>".into(),
            Event::End(TagEnd::CodeBlock) => "</code></pre>\n".into(),
            other => {
                match &other {
                    Event::Start(Tag::Heading { .. }) => {
                        heading.clear();
                        is_heading = true;
                    }
                    Event::End(TagEnd::Heading(_)) => is_heading = false,
                    Event::Text(text) | Event::Code(text) if is_heading => heading.push_str(text),
                    _ => {}
                }
                out.push(other);
                continue;
            }
        };
        out.push(Event::Html(own));
    }
    out
}

/// The name of a table: that of the heading above it, with a number where a table before it has that name. A screen reader lists
/// regions by their names.
fn name_of_table(named: &mut Vec<String>, heading: &str) -> String {
    named.push(heading.to_owned());
    let times = named.iter().filter(|name| *name == heading).count();
    if heading.is_empty() || times == 1 {
        heading.to_owned()
    } else {
        format!("{heading} ({times})")
    }
}

/// Where a cell of a table stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In the head.
    Head,
    /// First in a row.
    First,
    /// Further on in a row.
    Further,
}

impl Place {
    fn cell(self, is_empty: bool) -> (&'static str, &'static str) {
        match self {
            Self::Head if is_empty => ("<td>", "</td>"),
            Self::Head => ("<th scope=\"col\">", "</th>"),
            Self::First => ("<th scope=\"row\">", "</th>"),
            Self::Further => ("<td>", "</td>"),
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Head => Self::Head,
            Self::First | Self::Further => Self::Further,
        }
    }
}

/// Where a table begins that scrolls on its own, by the name that a screen reader gives it.
fn wide(name: &str) -> String {
    let name = escaped(name).replace('"', "&quot;");
    if name.is_empty() {
        return "<div class=\"stm-scroll\" tabindex=\"0\"><table>".to_owned();
    }
    format!(
        "<div class=\"stm-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table>"
    )
}

/// A heading as an id: lowercase words with hyphens between them.
pub(super) fn anchor(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// A text as HTML, to stand between tags.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pulldown_cmark::html::push_html(&mut out, std::iter::once(Event::Text(text.into())));
    out
}

/// A sentence of the schema as HTML: its code spans as such.
pub(super) fn sentence(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escaped(part);
        if at % 2 == 1 {
            let _ = write!(out, "<code>{part}</code>");
        } else {
            out.push_str(&part);
        }
    }
    out
}

/// Links to the parts of a long page: by what each is found, and its name in the API.
pub(super) fn contents<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::from("<ul class=\"stm-columns\">\n");
    for (part, name) in parts {
        let (id, name) = (anchor(part), escaped(name));
        let _ = writeln!(out, "<li><a href=\"#{id}\"><code>{name}</code></a></li>");
    }
    out.push_str("</ul>\n");
    out
}

/// A table with its name as HTML, in a frame that scrolls on its own.
pub(super) fn table(name: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = wide(name);
    let _ = write!(out, "<caption>{}</caption>\n<thead><tr>", escaped(name));
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = if at == 0 {
                write!(out, "<th scope=\"row\">{cell}</th>")
            } else {
                write!(out, "<td>{cell}</td>")
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_with_addresses() {
        assert_eq!(
            html("## Een `token` & meer\n\nTekst <b>.\n"),
            "<h2 id=\"een-token-meer\">Een <code>token</code> &amp; meer</h2>\n<p>Tekst <b>.</p>\n"
        );
    }

    #[test]
    fn a_table_has_heads_of_columns_and_of_rows() {
        assert_eq!(
            html("## Wie\n\n| | Wat |\n|---|---|\n| a | `b` |\n"),
            "<h2 id=\"wie\">Wie</h2>\n<div class=\"stm-scroll\" tabindex=\"0\" role=\"region\" \
             aria-label=\"Wie\"><table><thead><tr><td></td><th scope=\"col\">Wat</th></tr></thead>\n\
             <tbody>\n<tr><th scope=\"row\">a</th><td><code>b</code></td></tr>\n\
             </tbody></table></div>\n"
        );
    }

    #[test]
    fn each_table_under_a_heading_has_a_name_of_its_own() {
        let table = "| a |\n|---|\n| b |\n\n";
        let page = html(&format!(
            "## Wie\n\n{table}tekst\n\n{table}## Wat\n\n{table}"
        ));
        let names: Vec<&str> = page.split("aria-label=\"").skip(1).collect();
        let names: Vec<&str> = names
            .iter()
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(names, ["Wie", "Wie (2)", "Wat"]);
    }

    #[test]
    fn a_text_is_escaped() {
        assert_eq!(escaped("<a & b>"), "&lt;a &amp; b&gt;");
        assert_eq!(sentence("een `a<b` c"), "een <code>a&lt;b</code> c");
    }
}
