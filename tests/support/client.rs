//! A client as a partner would write one.

use serde_json::{Value, json};

use crate::Events;

/// Asks the service. Its answers are computed for it (`Cache-Control: no-cache`), so that they cost
/// what they cost whatever was asked before; [`Client::taking_kept`] takes them as they are kept.
#[derive(Debug, Clone)]
pub struct Client {
    address: String,
    token: Option<String>,
    takes_kept: bool,
    http: reqwest::Client,
}

/// An answer, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, as it came.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    /// `data` of the answer, which has no errors.
    ///
    /// # Panics
    /// When it has errors.
    #[must_use]
    pub fn data(&self) -> Value {
        let json = self.json();
        assert!(json.get("errors").is_none(), "{}", self.body);
        json["data"].clone()
    }

    /// The codes of the errors.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|error| {
                error["extensions"]["code"]
                    .as_str()
                    .unwrap_or("none")
                    .to_owned()
            })
            .collect()
    }

    /// The ledger number that was read at.
    #[must_use]
    pub fn ledger(&self) -> i64 {
        self.json()["extensions"]["ledger"]
            .as_i64()
            .unwrap_or_default()
    }

    /// How many SQL statements it took.
    #[must_use]
    pub fn statements(&self) -> i64 {
        self.json()["extensions"]["statements"]
            .as_i64()
            .unwrap_or_default()
    }
}

/// A client for plain HTTP, as it is by default otherwise.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn http() -> reqwest::Client {
    http_builder().build().expect("a client")
}

/// What makes a client for plain HTTP: it does not read the machine's certificates, which costs
/// more than most requests.
pub fn http_builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().tls_built_in_root_certs(false)
}

impl Client {
    pub(crate) fn new(address: &str, token: Option<&str>) -> Self {
        Self {
            address: address.to_owned(),
            token: token.map(str::to_owned),
            takes_kept: false,
            http: http(),
        }
    }

    /// The same client, which takes answers as the service keeps them.
    #[must_use]
    pub fn taking_kept(&self) -> Self {
        Self {
            takes_kept: true,
            ..self.clone()
        }
    }

    /// Asks a query.
    pub async fn ask(&self, query: &str) -> Answer {
        self.send(query, json!({})).await
    }

    /// Asks a query twice and gives the second answer: by then what everybody may read is in memory,
    /// so its statements are those that the question takes itself, whoever asked what before.
    pub async fn ask_again(&self, query: &str) -> Answer {
        self.send_again(query, json!({})).await
    }

    /// Sends a document with variables twice and gives the second answer; see
    /// [`ask_again`](Self::ask_again).
    pub async fn send_again(&self, query: &str, variables: Value) -> Answer {
        self.send(query, variables.clone()).await;
        self.send(query, variables).await
    }

    /// Sends a document with variables. The request has an id of its own, so that equal answers are
    /// equal bytes.
    pub async fn send(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        let request = self
            .http
            .post(format!("{}/v1/graphql", self.address))
            .header("accept", "application/graphql-response+json")
            .header("x-request-id", "test-request")
            .json(&body);
        self.answer(request).await
    }

    /// Calls a mutation with a selection of its payload. Each mistake has its code, its place and
    /// what is shown to a person.
    pub async fn send_mutation(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        self.send_selecting(
            mutation,
            &format!("{selection} errors {{ code field message {{ nl en }} }}"),
            input,
        )
        .await
    }

    async fn send_selecting(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        let (first, rest) = mutation.split_at(1);
        let document = format!(
            "mutation ($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ {selection} }} }}",
            first.to_uppercase()
        );
        self.send(&document, json!({ "input": input })).await
    }

    /// Calls a mutation and gives its payload: `selection` of it, and its mistakes with their codes
    /// and places.
    ///
    /// # Panics
    /// When the call is refused.
    pub async fn call(&self, mutation: &str, selection: &str, input: Value) -> Value {
        let selection = format!("{selection} errors {{ code field }}");
        let answer = self.send_selecting(mutation, &selection, input).await;
        answer.data()[mutation].clone()
    }

    /// Calls a mutation that is accepted.
    ///
    /// # Panics
    /// When it is refused or has mistakes.
    pub async fn change(&self, mutation: &str, input: Value) {
        let payload = self.call(mutation, "", input).await;
        assert_eq!(payload, json!({ "errors": [] }), "{mutation}");
    }

    /// Calls a mutation that is accepted, and gives this selection of its payload.
    ///
    /// # Panics
    /// When it is refused or has mistakes.
    pub async fn change_and_read(&self, mutation: &str, selection: &str, input: Value) -> Value {
        let mut payload = self.call(mutation, selection, input).await;
        assert_eq!(payload["errors"], json!([]), "{mutation}");
        payload.as_object_mut().expect("a payload").remove("errors");
        payload
    }

    /// Calls a mutation with mistakes, and gives each as its code and its place: `UNKNOWN_AREA
    /// steps.0.area`.
    ///
    /// # Panics
    /// When the call is refused.
    pub async fn mistakes(&self, mutation: &str, input: Value) -> Vec<String> {
        let payload = self.call(mutation, "", input).await;
        let errors = payload["errors"].as_array().expect("errors").iter();
        let shown = errors.map(|error| {
            let place = error["field"].as_array().cloned().unwrap_or_default();
            let place: Vec<&str> = place.iter().filter_map(Value::as_str).collect();
            let code = error["code"].as_str().expect("a code");
            format!("{code} {}", place.join("."))
        });
        shown.collect()
    }

    /// Calls a mutation with mistakes, and gives the code of each.
    ///
    /// # Panics
    /// When the call is refused.
    pub async fn mistake_codes(&self, mutation: &str, input: Value) -> Vec<String> {
        let mistakes = self.mistakes(mutation, input).await.into_iter();
        mistakes
            .map(|mistake| mistake.split(' ').next().expect("a code").to_owned())
            .collect()
    }

    /// Subscribes, by server-sent events.
    ///
    /// # Panics
    /// When the service opens no stream.
    pub async fn follow(&self, query: &str, variables: Value) -> Events {
        let mut request = self
            .http
            .post(format!("{}/v1/graphql", self.address))
            .header("accept", "text/event-stream")
            .json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.expect("the service answers");
        assert_eq!(response.status(), 200);
        Events::of(response)
    }

    /// Fetches an address of the service.
    pub async fn get(&self, path: &str) -> Answer {
        self.answer(self.http.get(format!("{}{path}", self.address)))
            .await
    }

    /// Sends a body as it stands.
    pub async fn post_raw(&self, content_type: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = self
            .http
            .post(format!("{}/v1/graphql", self.address))
            .header("accept", "application/graphql-response+json")
            .header("x-request-id", "test-request")
            .body(body);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        self.answer(request).await
    }

    /// Fetches an address as a file.
    ///
    /// # Panics
    /// When there is none.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        let mut request = self.http.get(format!("{}{path}", self.address));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.expect("the service answers");
        assert_eq!(response.status(), 200, "{path}");
        response.bytes().await.expect("bytes").to_vec()
    }

    /// Sends a file to an address, under a key of the caller's own making.
    pub async fn send_file(
        &self,
        path: &str,
        content_type: &str,
        key: &str,
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let request = self
            .http
            .post(format!("{}{path}", self.address))
            .header("accept", "application/json")
            .header("content-type", content_type)
            .header("idempotency-key", key)
            .body(body.into());
        self.answer(request).await
    }

    async fn answer(&self, mut request: reqwest::RequestBuilder) -> Answer {
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if !self.takes_kept {
            request = request.header("cache-control", "no-cache");
        }
        let response = request.send().await.expect("the service answers");
        Answer {
            status: response.status().as_u16(),
            body: response.text().await.expect("a text"),
        }
    }
}
