//! How a page is laid out: the frame with its menu, the other language, and Markdown as HTML.

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
    /// The tag of the language in HTML.
    fn tag(self) -> &'static str {
        self.pick(("nl", "en"))
    }

    /// The one of two texts that is in this language.
    pub(super) fn pick<T>(self, (dutch, english): (T, T)) -> T {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Dutch => Self::English,
            Self::English => Self::Dutch,
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

/// A whole page as HTML.
pub(super) fn lay_out(page: &Page, language: Language, pages: &[Page]) -> String {
    let title = language.pick(page.titles);
    let other = language.other();
    let mut menu = String::new();
    for entry in pages {
        let current = if std::ptr::eq(entry, page) {
            " aria-current=\"page\""
        } else {
            ""
        };
        let _ = writeln!(
            menu,
            "<li><a href=\"{}\"{current}>{}</a></li>",
            entry.address(language),
            escaped(language.pick(entry.titles))
        );
    }
    let body = match page.body {
        Body::Text(nl, en) => html(language.pick((nl, en))),
        Body::Made(make) => make(language),
    };
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} · Samen tegen mensenhandel: monitor</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/docs/docs.css\">\n\
         <link rel=\"alternate\" hreflang=\"{other_tag}\" \
         href=\"{other_address}\">\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">{skip}</a>\n\
         <header><a href=\"/\">Samen tegen mensenhandel: monitor</a>\n\
         <a href=\"{other_address}\" lang=\"{other_tag}\" \
         hreflang=\"{other_tag}\">{other_name}</a></header>\n\
         <div class=\"columns\">\n<nav aria-label=\"{menu_name}\"><ul>\n{menu}</ul></nav>\n\
         <main id=\"content\">\n<h1>{title}</h1>\n{body}</main>\n</div>\n</body>\n</html>\n",
        tag = language.tag(),
        title = escaped(title),
        other_tag = other.tag(),
        other_address = page.address(other),
        other_name = other.pick(("Nederlands", "English")),
        skip = language.pick(("Naar de inhoud", "Skip to content")),
        menu_name = language.pick(("Documentatie", "Documentation")),
    )
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
    let events = events.into_iter().map(|event| match event {
        Event::Start(Tag::Table(_)) => {
            Event::Html("<div class=\"wide\" tabindex=\"0\"><table>".into())
        }
        Event::End(TagEnd::Table) => Event::Html("</tbody></table></div>\n".into()),
        Event::Start(Tag::TableHead) => Event::Html("<thead><tr>".into()),
        Event::End(TagEnd::TableHead) => Event::Html("</tr></thead>\n<tbody>\n".into()),
        Event::Start(Tag::CodeBlock(_)) => Event::Html("<pre tabindex=\"0\"><code>".into()),
        Event::End(TagEnd::CodeBlock) => Event::Html("</code></pre>\n".into()),
        other => other,
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    out
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

/// A table as HTML, in a frame that scrolls on its own.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = String::from("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
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
    fn a_text_is_escaped() {
        assert_eq!(escaped("<a & b>"), "&lt;a &amp; b&gt;");
        assert_eq!(sentence("een `a<b` c"), "een <code>a&lt;b</code> c");
    }
}
