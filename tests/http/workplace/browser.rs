//! A browser without scripts: it keeps cookies as a browser does, and follows nothing by itself.

use std::collections::BTreeMap;

use acceptance::http_builder;
use reqwest::{Method, header, redirect::Policy};

pub(super) const SESSION: &str = "__Host-stm-werkplek";
pub(super) const SIGN_IN: &str = "__Host-stm-aanmelding";

#[derive(Debug, Clone)]
pub(super) struct Browser {
    address: String,
    http: reqwest::Client,
    pub(super) cookies: BTreeMap<String, String>,
}

/// What a browser shows.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) status: u16,
    pub(super) headers: header::HeaderMap,
    pub(super) body: String,
}

impl Shown {
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads on to.
    pub(super) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.body);
        self.header("location")
    }

    /// The value of a hidden field; the first one of that name.
    pub(super) fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let (_, rest) = self
            .body
            .split_once(&mark)
            .unwrap_or_else(|| panic!("{name}: {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The form of this id, as it stands on the page.
    pub(super) fn form(&self, id: &str) -> &str {
        let mark = format!("id=\"{id}\"><input");
        let (_, rest) = self
            .body
            .split_once(&mark)
            .unwrap_or_else(|| panic!("{id}: {}", self.body));
        rest.split("</form>").next().unwrap()
    }

    /// Whether every text stands on the page.
    pub(super) fn tells(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.body.contains(text), "{text}\n{}", self.body);
        }
    }

    /// Whether none of these texts does.
    pub(super) fn hides(&self, texts: &[&str]) {
        for text in texts {
            assert!(!self.body.contains(text), "{text}\n{}", self.body);
        }
    }
}

impl Browser {
    pub(super) fn at(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            http: http_builder().redirect(Policy::none()).build().unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Shown {
        let path = path.split('#').next().unwrap();
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let request = self.request(Method::POST, path).form(fields);
        self.send(request).await
    }

    /// Sends a form with a file.
    pub(super) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: &[u8],
    ) -> Shown {
        const BOUNDARY: &str = "x-stm-boundary-x";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"bestand\"; \
                 filename=\"blad\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(file);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.request(Method::POST, path);
        let request = request.header("content-type", content_type).body(body);
        self.send(request).await
    }

    pub(super) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.address)
        };
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = self.http.request(method, url);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    pub(super) async fn send(&mut self, request: reqwest::RequestBuilder) -> Shown {
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, attributes) = cookie.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            // What the prefix wants, and what keeps scripts and other sites away from it.
            assert!(name.starts_with("__Host-"), "{cookie}");
            for attribute in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
                assert!(
                    attributes.split("; ").any(|own| own == attribute),
                    "{cookie}"
                );
            }
            assert!(!attributes.contains("Domain"), "{cookie}");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Shown {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.text().await.unwrap(),
        }
    }

    /// Signs in as a role to try the service out.
    pub(super) async fn try_as(&mut self, role: &str) {
        let fields = [("rol", role), ("naar", "/werkplek")];
        let shown = self.post("/werkplek/aanmelden/uitproberen", &fields).await;
        assert_eq!(shown.location(), "/werkplek");
    }
}

/// A zip archive with one empty file of this name.
pub(super) fn archive_of(name: &str) -> Vec<u8> {
    let size = u16::try_from(name.len()).unwrap().to_le_bytes();
    // The version; no flags, stored; midnight of 1 January 1980; of no content.
    let about = |file: &mut Vec<u8>| {
        file.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        file.extend([0; 12]);
        file.extend(size);
        file.extend([0; 2]);
    };
    let mut file = b"PK\x03\x04".to_vec();
    about(&mut file);
    file.extend(name.bytes());
    let start = u32::try_from(file.len()).unwrap();
    file.extend(b"PK\x01\x02\x14\x00");
    about(&mut file);
    file.extend([0; 14]);
    file.extend(name.bytes());
    let length = u32::try_from(file.len()).unwrap() - start;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    file.extend(length.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0; 2]);
    file
}
