//! The page on which a receipt is checked: by a form that a browser sends, without a login and without scripts.

use acceptance::{a_draft, a_period, a_submission, http, met, municipality, spawn_app, vng};
use reqwest::{Response, StatusCode, header};

use super::{elements, fetched, header_of, text};

const FILE: &str = "/v1/assessments/GM0402/2026-2/receipt.json";

/// A form with this file, as a browser sends it; the name of its field may be another.
async fn sent(address: &str, field: &str, file: &str) -> Response {
    let body = format!(
        "--grens\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"bewijs.json\"\r\n\
         Content-Type: application/json\r\n\r\n{file}\r\n--grens--\r\n"
    );
    let request = http()
        .post(address)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grens")
        .body(body);
    request.send().await.unwrap()
}

#[tokio::test]
async fn whoever_holds_a_receipt_has_it_checked_in_a_browser() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01", "SV-02"]))
        .sent_by(&own)
        .await;
    a_submission("GM0402").sent_by(&own).await;
    let file = own.get(FILE).await;
    assert_eq!(file.status, 200, "{}", file.body);
    let address = format!("{}/ontvangstbewijs", app.address());
    let shown = async |field: &str, file: &str, status: StatusCode| {
        let page = sent(&address, field, file).await;
        assert_eq!(page.status(), status);
        assert_eq!(header_of(&page, header::CACHE_CONTROL), "no-store");
        let html = page.text().await.unwrap();
        assert_eq!(elements(&html, "h1"), ["Ontvangstbewijs controleren"]);
        html
    };
    let lead = |html: &str| {
        let (_, lead) = html.split_once("<p class=\"stm-lead\"").unwrap();
        text(
            lead.split_once('>')
                .unwrap()
                .1
                .split("</p>")
                .next()
                .unwrap(),
        )
    };
    let unchanged = shown("file", &file.body, StatusCode::OK).await;
    assert_eq!(
        lead(&unchanged),
        "Dit bestand is ongewijzigd, en er is daarna geen andere versie ingediend."
    );
    for part in ["Gemeente: GM0402", "Periode: 2026-2", "Versie: 1"] {
        assert!(text(&unchanged).contains(part), "{part} in {unchanged}");
    }
    let changed = shown("file", &file.body.replace("MET", "NOT_MET"), StatusCode::OK).await;
    assert!(lead(&changed).contains("is niet gelijk aan het ontvangstbewijs"));
    let unknown = shown("file", "{\"nonce\":\"\"}", StatusCode::OK).await;
    assert_eq!(
        lead(&unknown),
        "Bij dit bestand hoort geen versie die hier is ingediend."
    );
    assert!(!text(&unknown).contains("Gemeente: GM0402"), "{unknown}");
    // Without a file there is nothing to check.
    for (field, file) in [("other", file.body.as_str()), ("file", "")] {
        let page = shown(field, file, StatusCode::BAD_REQUEST).await;
        assert_eq!(
            lead(&page),
            "Kies eerst het bestand van het ontvangstbewijs."
        );
    }
    let english = fetched(&app, "/en/ontvangstbewijs", None).await;
    assert_eq!(english.status(), 200);
    let html = english.text().await.unwrap();
    assert_eq!(elements(&html, "h1"), ["Check a receipt"]);
    assert!(html.contains("enctype=\"multipart/form-data\" action=\"/en/ontvangstbewijs\""));
}
