//! The crates of others and their licences, from the list that the program carries.

use super::page::{Language, escaped, table};
use crate::licences;

/// The page.
pub(super) fn page(language: Language) -> String {
    let rows: Vec<Vec<String>> = licences::crates()
        .map(|linked| {
            vec![
                escaped(linked.name),
                escaped(linked.version),
                escaped(linked.licence),
            ]
        })
        .collect();
    let intro = language.pick((
        "<p>Deze dienst valt onder de EUPL-1.2. Hieronder staat van welke bibliotheken van anderen het \
         programma is gemaakt, en onder welke licentie elk daarvan valt. De teksten van deze licenties \
         staan bij elkaar in <a href=\"/licenses\">/licenses</a>; <code>stm licenses</code> drukt \
         hetzelfde af.</p>\n",
        "<p>This service is licensed under the EUPL-1.2. Below stands of which libraries of others the \
         program is made, and the licence of each. The texts of these licences stand together in \
         <a href=\"/licenses\">/licenses</a>; <code>stm licenses</code> prints the same.</p>\n",
    ));
    let heads = language.pick((
        ["Bibliotheek", "Versie", "Licentie"],
        ["Library", "Version", "Licence"],
    ));
    let name = language.pick(("Bibliotheken van anderen", "Libraries of others"));
    format!("{intro}{}", table(name, &heads, &rows))
}
