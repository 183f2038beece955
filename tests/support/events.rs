//! The answer of a subscription over HTTP, event by event.

use std::time::Duration;

use reqwest::Response;
use serde_json::Value;

/// How long an event may take to come.
const SLOWEST: Duration = Duration::from_secs(20);

/// A stream of server-sent events.
#[derive(Debug)]
pub struct Events {
    response: Response,
    text: String,
}

impl Events {
    pub(crate) fn of(response: Response) -> Self {
        Self {
            response,
            text: String::new(),
        }
    }

    /// The answer that the events are, without them.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// The name and the data of the next event; none when the service has ended the answer.
    ///
    /// # Panics
    /// When none comes in time, or what comes is no event.
    pub async fn next(&mut self) -> Option<(String, String)> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                let field = |name: &str| {
                    let mut lines = event.lines();
                    lines
                        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                        .map(|value| value.trim_start().to_owned())
                };
                if let Some(name) = field("event") {
                    return Some((name, field("data").expect("data")));
                }
                assert_eq!(event, ":", "a sign of life");
            }
            let chunk = tokio::time::timeout(SLOWEST, self.response.chunk()).await;
            let chunk = chunk.expect("an event in time").expect("a whole answer")?;
            self.text
                .push_str(std::str::from_utf8(&chunk).expect("a text"));
        }
    }

    /// The answer in the next event.
    ///
    /// # Panics
    /// When the next event is none.
    pub async fn answer(&mut self) -> Value {
        let (name, data) = self.next().await.expect("an event");
        assert_eq!(name, "next", "{data}");
        serde_json::from_str(&data).unwrap_or_else(|error| panic!("{error} in {data}"))
    }

    /// `data` of the answer in the next event, which has no errors.
    ///
    /// # Panics
    /// When it has errors.
    pub async fn data(&mut self) -> Value {
        let answer = self.answer().await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    }

    /// Sees that the stream says that it is over, and then is.
    ///
    /// # Panics
    /// When it does not.
    pub async fn completes(&mut self) {
        let complete = Some(("complete".to_owned(), String::new()));
        assert_eq!(self.next().await, complete);
        assert_eq!(self.next().await, None);
    }
}
