//! Somebody with a browser at the workplace, who keeps one cookie and sends forms.

use acceptance::{App, http_builder};
use reqwest::{Method, header, redirect::Policy};

use super::Who;

/// Somebody with a browser, signed in as a role; the public is not.
pub(super) struct Visitor {
    pub(super) who: Who,
    http: reqwest::Client,
    address: String,
    cookie: String,
    token: String,
}

/// What a browser shows.
pub(super) struct Shown {
    pub(super) status: u16,
    /// Whether it is kept by nobody and shown in no frame.
    pub(super) is_guarded: bool,
    pub(super) body: String,
}

impl Shown {
    /// The mistakes that the page shows.
    pub(super) fn mistakes(&self) -> &str {
        let mut parts = self.body.split("<div class=\"stm-errors\"").skip(1);
        let shown = parts.next().and_then(|rest| rest.split("</div>").next());
        shown.unwrap_or_default()
    }
}

impl Visitor {
    pub(super) async fn sign_in(app: &App, who: Who) -> Self {
        let http = http_builder().redirect(Policy::none()).build();
        let mut visitor = Self {
            who,
            http: http.expect("a client"),
            address: app.address().to_owned(),
            cookie: "none=none".to_owned(),
            token: "none".to_owned(),
        };
        let role = match who {
            Who::Public => return visitor,
            Who::Partner => "PARTNER",
            Who::Municipality => "MUNICIPALITY",
            Who::Region => "REGION",
            Who::Vng => "VNG",
            Who::Ministry => "MINISTRY",
        };
        let form = [("rol", role), ("naar", workplace::HOME)];
        let request = visitor.request(Method::POST, workplace::TRY_OUT);
        let response = request.form(&form).send().await.expect("an answer");
        let cookie = response.headers().get(header::SET_COOKIE);
        let cookie = cookie.and_then(|cookie| cookie.to_str().ok());
        let pair = cookie.and_then(|cookie| cookie.split(';').next());
        visitor.cookie = pair.expect("a session").to_owned();
        let home = visitor.get(workplace::HOME).await;
        let token = home.body.split("name=\"_token\" value=\"").nth(1);
        let token = token.and_then(|rest| rest.split('"').next());
        visitor.token = token.expect("a form").to_owned();
        visitor
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.address);
        let request = self.http.request(method, url);
        request.header(header::COOKIE, &self.cookie)
    }

    pub(super) async fn get(&self, path: &str) -> Shown {
        send(self.request(Method::GET, path)).await
    }

    /// Sends a form with these values.
    pub(super) async fn post(&self, path: &str, fields: &[(String, String)]) -> Shown {
        let mut fields = fields.to_vec();
        fields.push((workplace::TOKEN.to_owned(), self.token.clone()));
        send(self.request(Method::POST, path).form(&fields)).await
    }

    /// Sends a form with these values and a file.
    pub(super) async fn upload(
        &self,
        path: &str,
        fields: &[(String, String)],
        file: &str,
    ) -> Shown {
        const BOUNDARY: &str = "x-stm-boundary-x";
        let mut fields = fields.to_vec();
        fields.push((workplace::TOKEN.to_owned(), self.token.clone()));
        let parts = fields.iter().map(|(name, value)| {
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        });
        let file = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"bestand\"; \
             filename=\"blad.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n"
        );
        let body: String = parts.chain([file]).collect();
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.request(Method::POST, path);
        send(request.header("content-type", content_type).body(body)).await
    }
}

async fn send(request: reqwest::RequestBuilder) -> Shown {
    let response = request.send().await.expect("an answer");
    let header = |name: &str| {
        let value = response.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let is_guarded = header("cache-control") == "no-store"
        && header("x-frame-options") == "DENY"
        && header("content-security-policy").contains("frame-ancestors 'none'");
    Shown {
        status: response.status().as_u16(),
        is_guarded,
        body: response.text().await.expect("a text"),
    }
}
