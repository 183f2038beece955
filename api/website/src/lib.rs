//! Pages that tell people how far the action plan is: progress by line, action, region and municipality, and what was
//! published, every figure with its source.
//!
//! A page is an answer of the API, laid out: [`find`] gives the document and the variables behind an address, and
//! [`Page::lay_out`] makes HTML of what the service answers to them. So a page shows nothing that the public cannot ask
//! for, and links to the very query. Everything stands at an address in Dutch, and in English at the same behind `/en`.

mod about;
mod action;
mod address;
mod alternates;
mod annex;
mod article;
mod atom;
mod budget;
#[cfg(test)]
mod colours;
mod dataset;
mod drawing;
mod effects;
mod figure;
mod frame;
mod framework;
mod frozen;
mod goals;
mod home;
mod language;
mod line;
mod municipality;
mod paging;
mod partner;
mod partners;
mod picture;
mod places;
mod publication;
mod quality;
mod receipt;
mod region;
mod search;
mod shared;
mod sitemap;
mod source;
mod table;

use std::sync::LazyLock;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

pub use self::{
    address::{address_of_action, find, find_feed, find_picture, find_search},
    alternates::canonical,
    article::{Article, dressed},
    language::Language,
    paging::AFTER,
    receipt::{CheckedReceipt, Receipt, ReceiptVersion, receipt},
};
use self::{
    figure::{Figure, Form},
    frame::Body,
};

/// The stylesheet of all pages.
pub const STYLE: &str = include_str!("../style/site.css");

/// The licences of what the stylesheet is made of.
pub const STYLE_LICENCES: &str = include_str!("../style/LICENSES.txt");

/// Where the stylesheet is: its content is in its name, so it may be kept for ever.
pub static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let hash = hex::encode(Sha256::digest(STYLE));
    format!("/assets/site-{}.css", &hash[..16])
});

/// The picture that shows where a page is shared.
pub const SHARE: &[u8] = include_bytes!("../style/share.png");

/// Where that picture is: its content is in its name too.
pub static SHARE_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let hash = hex::encode(Sha256::digest(SHARE));
    format!("/assets/share-{}.png", &hash[..16])
});

/// Why a page cannot be made of an answer.
#[derive(Debug, thiserror::Error)]
pub enum Unmade {
    /// What the page is about is not there.
    #[error("it is not there")]
    NotThere,
    /// The answer has another shape than the document asks for.
    #[error("the answer has another shape: {0}")]
    Shape(#[from] serde_json::Error),
    /// A workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// A file of XML. What XML cannot hold is left out (XML 1.0, section 2.2): a text may have it, and
/// nobody could read the file any more.
fn xml(content: &str) -> String {
    let is_held = |sign: &char| {
        let is_held = !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}');
        is_held || matches!(sign, '\t' | '\n' | '\r')
    };
    let mut file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    file.extend(content.chars().filter(is_held));
    file.push('\n');
    file
}

/// A page of the service, in one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// The GraphQL document behind it.
    pub document: &'static str,
    /// The variables of that document.
    pub variables: Map<String, Value>,
    /// The language in which it is.
    pub language: Language,
    /// Where it is in Dutch; in English the same stands behind `/en`.
    address: String,
    layout: Layout,
}

/// How an answer becomes what stands at an address.
#[derive(Debug, Clone, Copy)]
enum Layout {
    /// A page for people.
    Html(fn(&Page, Value) -> Result<Body, Unmade>),
    /// A picture for pages of others, or the table behind it.
    Picture(fn(&Page, Value) -> Result<Figure, Unmade>, Form),
    /// A feed of changes.
    Feed,
    /// The list of all pages, for search engines.
    Sitemap,
}

/// What a page tells besides the answer.
#[derive(Debug, Clone, Copy)]
pub struct Colophon<'a> {
    /// Whether all about municipalities is invented.
    pub is_demo: bool,
    /// The civil day that is told of, as in `2026-12-01`, where it is known.
    pub day: Option<&'a str>,
    /// The address of the service, without a slash at its end.
    pub address: &'a str,
    /// Who publishes, as the operator set it.
    pub publisher: Option<&'a str>,
    /// The licence of the data, as a code of SPDX or as the operator wrote it.
    pub licence_code: &'a str,
    /// Where the licence of the data stands, where it has an address.
    pub licence: Option<&'a str>,
    /// The https address of the accessibility statement, as the operator set it.
    pub accessibility: Option<&'a str>,
    /// The https address of the privacy statement, as the operator set it.
    pub privacy: Option<&'a str>,
    /// The address for questions by e-mail, as the operator set it.
    pub email: Option<&'a str>,
    /// The telephone number for questions, as the operator set it.
    pub telephone: Option<&'a str>,
}

impl Page {
    /// The whole file, of the `data` of the answer to its document.
    ///
    /// # Errors
    /// When what it is about is not there, or when the answer is not of its document.
    pub fn lay_out(&self, data: Value, colophon: Colophon<'_>) -> Result<Vec<u8>, Unmade> {
        match self.layout {
            Layout::Html(body) => {
                let body = body(self, data)?;
                Ok(frame::lay_out(self, &body, colophon).into_bytes())
            }
            Layout::Picture(figure, form) => {
                let figure = figure(self, data)?;
                figure.file(self.language, form, colophon)
            }
            Layout::Feed => atom::lay_out(self, &data, colophon).map(String::into_bytes),
            Layout::Sitemap => sitemap::lay_out(data, colophon.address).map(String::into_bytes),
        }
    }

    /// What must be asked after this answer, for its layout: of the map of a publication where municipalities lay then. None
    /// where nothing must.
    #[must_use]
    pub fn beside(&self, data: &Value) -> Option<Self> {
        let has_map = [frozen::DOCUMENT, publication::DOCUMENT].contains(&self.document);
        let moment = places::moment(data).filter(|_| has_map)?;
        Some(Self {
            document: places::DOCUMENT,
            variables: Map::from_iter([("at".to_owned(), moment)]),
            ..self.clone()
        })
    }

    /// Puts the answer to what was asked after into the first one.
    pub fn join(data: &mut Value, beside: Value) {
        if let Some(data) = data.as_object_mut() {
            data.insert("places".to_owned(), beside);
        }
    }

    /// The media type of the file.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        match self.layout {
            Layout::Html(_) => "text/html; charset=utf-8",
            Layout::Picture(_, form) => form.content_type(),
            Layout::Feed => "application/atom+xml; charset=utf-8",
            Layout::Sitemap => "application/xml; charset=utf-8",
        }
    }

    /// Where the page is, in its language, without what was looked for.
    #[must_use]
    pub fn path(&self) -> String {
        let path = self.address.split('?').next().unwrap_or_default();
        self.to(path)
    }

    /// Whether it answers a text that somebody typed, which may be none that can be looked for.
    #[must_use]
    pub fn is_search(&self) -> bool {
        self.document == search::DOCUMENT
    }

    /// The text that is looked for.
    fn text(&self) -> &str {
        let text = self.variables.get("text");
        text.and_then(Value::as_str).unwrap_or_default()
    }

    /// What the address names last, as the number of an action.
    fn subject(&self) -> &str {
        let last = self.address.rsplit('/').next().unwrap_or_default();
        last.split('.').next().unwrap_or_default()
    }

    /// The code of the region that the address of a map names; none of the whole country.
    fn region_of_map(&self) -> Option<&str> {
        Some(self.subject()).filter(|subject| *subject != "map")
    }

    /// The key of the action line that the address of a picture names, as in `2024/4`.
    fn line_of_picture(&self) -> Option<&str> {
        let file = self.address.strip_prefix("/v1/pictures/lines/")?;
        Some(file.rsplit_once('.')?.0)
    }

    /// The plan version that the address names.
    fn plan(&self) -> &str {
        let plan = self.variables.get("plan");
        plan.and_then(Value::as_str)
            .unwrap_or(domain::plan::CURRENT_PLAN)
    }

    /// An address in the language of this page.
    fn to(&self, address: &str) -> String {
        self.language.address(address)
    }
}

/// Why no page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// There is nothing, or nothing that is public.
    NotFound,
    /// The text has no word to look for.
    NothingToSearch,
    /// The address asks too often.
    TooOften,
    /// The database cannot be asked now.
    Unavailable,
}

/// The page that says why there is none.
#[must_use]
pub fn notice(notice: Notice, language: Language, colophon: Colophon<'_>) -> String {
    frame::notice(notice, language, colophon)
}
