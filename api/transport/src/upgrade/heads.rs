//! The heads of the requests on a connection: where each begins and how long its body is, by the
//! rules of actix-http.
//!
//! No byte is kept and none is delayed, so a head may be split anywhere. actix-http ends the
//! connection of a request that breaks those rules, and what is read after it has no effect.

/// What stands for the last letter of the option `upgrade`.
const MASK: u8 = b'_';
/// The letters of the longest word that matters, `transfer-encoding`.
const LONGEST: usize = 17;

/// Where in what a client sends the next byte stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    /// In the method of a request, or in an empty line before it.
    #[default]
    Method,
    /// In the rest of a line of a head that says nothing here.
    Line,
    /// In the name of a header, or in the empty line that ends a head.
    Name,
    Value(Field),
    /// In the value of `Upgrade`.
    Offer(Member),
    /// In a body, of which so much is left.
    Body(u64),
    /// In the size of a chunk, of which so much is read.
    ChunkSize(u64),
    /// In the rest of the line that tells the size.
    ChunkLine(u64),
    /// In a chunk, of which so much is left.
    Chunk(u64),
    /// In the line end after a chunk.
    ChunkEnd,
    /// In a line after the last chunk.
    Trailer {
        is_empty: bool,
    },
    /// Behind the carriage return of such a line.
    TrailerEnd {
        is_empty: bool,
    },
    /// In another protocol, until the connection ends.
    Elsewhere,
}

/// A header whose value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Connection,
    ContentLength,
    TransferEncoding,
}

/// A member of the list of offered protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Before,
    Kept,
    Blanked,
}

/// The letters of a name or of a value without white space.
#[derive(Debug, Default)]
struct Word {
    letters: [u8; LONGEST],
    length: usize,
}

impl Word {
    fn push(&mut self, byte: u8) {
        if let Some(letter) = self.letters.get_mut(self.length) {
            *letter = byte.to_ascii_lowercase();
        }
        self.length += 1;
    }

    fn clear(&mut self) {
        self.length = 0;
    }

    /// The letters in lower case; none of a word that is too long to matter.
    fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }
}

/// What a head says of that which follows it.
#[derive(Debug, Default)]
struct Following {
    length: u64,
    is_chunked: bool,
    is_socket: bool,
}

impl Following {
    fn place(&self) -> Place {
        match self {
            Self {
                is_chunked: true, ..
            } => Place::ChunkSize(0),
            Self {
                is_socket: true, ..
            } => Place::Elsewhere,
            Self { length: 0, .. } => Place::Method,
            Self { length, .. } => Place::Body(*length),
        }
    }
}

/// The heads of the requests on a connection, read as they come.
#[derive(Debug, Default)]
pub(super) struct Heads {
    place: Place,
    word: Word,
    following: Following,
}

impl Heads {
    /// Alters the heads in what was read.
    pub(super) fn alter(&mut self, mut bytes: &mut [u8]) {
        while !bytes.is_empty() {
            let passed = self.pass(bytes);
            bytes = &mut bytes[passed..];
        }
    }

    /// Passes the first byte, or as many as the place says nothing of; says how many.
    fn pass(&mut self, bytes: &mut [u8]) -> usize {
        match self.place {
            Place::Elsewhere => bytes.len(),
            Place::Line => {
                let end = bytes.iter().position(|byte| *byte == b'\n');
                end.map_or(bytes.len(), |end| {
                    self.begin_line();
                    end + 1
                })
            }
            Place::Body(left) | Place::Chunk(left) => {
                let (passed, left) = part_of(left, bytes.len());
                self.place = match (self.place, left) {
                    (Place::Body(_), 0) => Place::Method,
                    (Place::Body(_), left) => Place::Body(left),
                    (_, 0) => Place::ChunkEnd,
                    (_, left) => Place::Chunk(left),
                };
                passed
            }
            Place::Method | Place::Name | Place::Value(_) | Place::Offer(_) => {
                self.pass_head(&mut bytes[0]);
                1
            }
            _ => {
                self.place = self.behind_chunk_byte(bytes[0]);
                1
            }
        }
    }

    fn begin_line(&mut self) {
        self.place = Place::Name;
        self.word.clear();
    }

    fn pass_head(&mut self, byte: &mut u8) {
        match (self.place, *byte) {
            (Place::Offer(_), b'\n') => {
                self.following.is_socket |= self.word.letters() == b"websocket";
                self.begin_line();
            }
            (Place::Value(field), b'\n') => {
                if field == Field::TransferEncoding {
                    self.following.is_chunked |= self.word.letters() == b"chunked";
                }
                self.begin_line();
            }
            (Place::Method, b'\n') => self.word.clear(),
            (Place::Name, b'\n') if self.word.length == 0 => {
                self.place = self.following.place();
                self.following = Following::default();
            }
            (Place::Name, b'\n') => self.begin_line(),
            (Place::Method, b' ') => {
                // What follows CONNECT is no HTTP, as behind a WebSocket.
                self.place = if self.word.letters() == b"connect" {
                    Place::Elsewhere
                } else {
                    Place::Line
                };
            }
            (Place::Name, b':') => self.begin_value(),
            (_, b'\r' | b' ' | b'\t') => {}
            (Place::Value(field), _) => self.pass_value(field, byte),
            (Place::Offer(member), _) => self.pass_offer(member, byte),
            (_, letter) => self.word.push(letter),
        }
    }

    fn begin_value(&mut self) {
        self.place = match self.word.letters() {
            b"connection" => Place::Value(Field::Connection),
            b"content-length" => Place::Value(Field::ContentLength),
            b"transfer-encoding" => Place::Value(Field::TransferEncoding),
            b"upgrade" => Place::Offer(Member::Before),
            _ => Place::Line,
        };
        self.word.clear();
    }

    fn pass_value(&mut self, field: Field, byte: &mut u8) {
        match (field, *byte) {
            (Field::ContentLength, digit @ b'0'..=b'9') => {
                let tens = self.following.length.saturating_mul(10);
                self.following.length = tens.saturating_add(u64::from(digit - b'0'));
            }
            (Field::Connection, b',') => self.word.clear(),
            (_, letter) => {
                self.word.push(letter);
                if field == Field::Connection && self.word.letters() == b"upgrade" {
                    *byte = MASK;
                }
            }
        }
    }

    /// Blanks the commas and the members that cannot be `websocket`, of which one is left alone in
    /// the value if it is offered beside others.
    fn pass_offer(&mut self, member: Member, byte: &mut u8) {
        let member = match (member, *byte) {
            (_, b',') => Member::Before,
            (Member::Before, b'w' | b'W') => Member::Kept,
            (Member::Before, _) => Member::Blanked,
            (member, _) => member,
        };
        if member == Member::Kept {
            self.word.push(*byte);
        } else {
            *byte = b' ';
        }
        self.place = Place::Offer(member);
    }

    /// The place behind a byte between the chunks of a body.
    fn behind_chunk_byte(&self, byte: u8) -> Place {
        match (self.place, byte) {
            (Place::ChunkSize(size), _) => match char::from(byte).to_digit(16) {
                Some(digit) => {
                    Place::ChunkSize(size.saturating_mul(16).saturating_add(digit.into()))
                }
                None => Place::ChunkLine(size),
            },
            (Place::ChunkLine(0), b'\n') => Place::Trailer { is_empty: true },
            (Place::ChunkLine(size), b'\n') => Place::Chunk(size),
            (Place::ChunkEnd, b'\n') => Place::ChunkSize(0),
            (Place::Trailer { is_empty }, b'\r') => Place::TrailerEnd { is_empty },
            (Place::Trailer { .. }, _) => Place::Trailer { is_empty: false },
            (Place::TrailerEnd { is_empty: true }, _) => Place::Method,
            (Place::TrailerEnd { is_empty: false }, _) => Place::Trailer { is_empty: true },
            (place, _) => place,
        }
    }
}

/// How many of so many bytes belong to what is left, and what is left then.
fn part_of(left: u64, bytes: usize) -> (usize, u64) {
    match usize::try_from(left) {
        Ok(left) if left <= bytes => (left, 0),
        _ => (bytes, left - bytes as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of these bytes if they come in pieces of so many.
    fn read_in(pieces: usize, sent: &str) -> String {
        let mut heads = Heads::default();
        let mut bytes = sent.as_bytes().to_vec();
        bytes
            .chunks_mut(pieces)
            .for_each(|piece| heads.alter(piece));
        String::from_utf8(bytes).unwrap()
    }

    #[track_caller]
    fn assert_read(sent: &str, expected: &str) {
        for pieces in 1..=sent.len() {
            assert_eq!(read_in(pieces, sent), expected, "in pieces of {pieces}");
        }
    }

    /// The head of Java's own client.
    const OFFER: &str = "Connection: Upgrade, HTTP2-Settings\r\nHost: a\r\n\
                         HTTP2-Settings: AAEAAEAAAAIAAAAB\r\nUpgrade: h2c\r\n";
    const PASSED_OVER: &str = "Connection: Upgrad_, HTTP2-Settings\r\nHost: a\r\n\
                               HTTP2-Settings: AAEAAEAAAAIAAAAB\r\nUpgrade:    \r\n";

    #[test]
    fn an_offer_is_passed_over_in_each_head() {
        let requests = |head: &str| {
            format!(
                "GET / HTTP/1.1\r\n{head}\r\n\
                 POST /a HTTP/1.1\r\n{head}Content-Length: 5\r\n\r\nhello\
                 \r\n\nPOST /b HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n\r\n\
                 5\r\nhello\r\n0\r\n\r\n\
                 POST /c HTTP/1.1\r\nContent-Length: 0\r\n{head}\r\nGET /d HTTP/1.1\r\n{head}\r\n"
            )
        };
        assert_read(&requests(OFFER), &requests(PASSED_OVER));
    }

    #[test]
    fn names_and_options_are_read_in_any_case_and_among_others() {
        for (sent, expected) in [
            ("connection:upgrade\r\n", "connection:upgrad_\r\n"),
            ("CONNECTION: UPGRADE\r\n", "CONNECTION: UPGRAD_\r\n"),
            (
                "Connection: keep-alive ,\tUpgrade \r\n",
                "Connection: keep-alive ,\tUpgrad_ \r\n",
            ),
            ("Connection: upgrade\n", "Connection: upgrad_\n"),
            ("Connection: close\r\n", "Connection: close\r\n"),
            ("Connection: no-upgrade\r\n", "Connection: no-upgrade\r\n"),
            ("Xconnection: upgrade\r\n", "Xconnection: upgrade\r\n"),
            ("Connectio: upgrade\r\n", "Connectio: upgrade\r\n"),
            ("X: Connection: upgrade\r\n", "X: Connection: upgrade\r\n"),
        ] {
            let request = |line: &str| format!("GET /upgrade HTTP/1.1\r\n{line}\r\n");
            assert_read(&request(sent), &request(expected));
        }
    }

    #[test]
    fn of_the_protocols_the_one_that_may_be_done_is_left() {
        for (sent, expected) in [
            ("h2c", "   "),
            ("h2c, websocket", "     websocket"),
            ("WebSocket, h2c", "WebSocket     "),
            ("TLS/1.0,HTTP/2.0", "                "),
            ("websocket", "websocket"),
            ("ws", "ws"),
        ] {
            let request = |offer: &str| format!("GET / HTTP/1.1\r\nUpgrade: {offer}\r\n\r\n");
            assert_read(&request(sent), &request(expected));
        }
    }

    #[test]
    fn a_body_stays_as_it_is() {
        let text = format!("GET / HTTP/1.1\r\n{OFFER}\r\n");
        let length = text.len();
        let counted = format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{text}");
        assert_read(&counted, &counted);
        let chunked = format!(
            "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n\
             {length:X}\r\n{text}\r\n00{length:x};name=value\r\n{text}\r\n0\r\nTrailer: a\r\n\
             Connection: upgrade\r\n\r\n"
        );
        assert_read(&chunked, &chunked);
        // And what follows it is a head again.
        for body in [&counted, &chunked] {
            assert_read(
                &format!("{body}{text}"),
                &format!("{body}GET / HTTP/1.1\r\n{PASSED_OVER}\r\n"),
            );
        }
        // Longer than what is read of it at once.
        let long = "Connection: upgrade\r\n".repeat(5_000);
        let request = format!("PUT / HTTP/1.1\r\nContent-Length: 105000\r\n\r\n{long}");
        for pieces in [1, 4_096, 65_536] {
            assert_eq!(read_in(pieces, &request), request);
        }
    }

    #[test]
    fn nothing_is_altered_behind_the_head_of_another_protocol() {
        let after = format!("\r\n\r\nGET / HTTP/1.1\r\n{OFFER}\r\n");
        for (head, expected) in [
            (
                "GET / HTTP/1.1\r\nUpgrade: WEBSOCKET\r\nConnection: Upgrade\r\n\r\n",
                "GET / HTTP/1.1\r\nUpgrade: WEBSOCKET\r\nConnection: Upgrad_\r\n\r\n",
            ),
            (
                "GET / HTTP/1.1\r\nUpgrade: h2c, websocket\r\nContent-Length: 3\r\n\r\n",
                "GET / HTTP/1.1\r\nUpgrade:      websocket\r\nContent-Length: 3\r\n\r\n",
            ),
            (
                "CONNECT a:1 HTTP/1.1\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\n\r\n",
            ),
        ] {
            assert_read(&format!("{head}{after}"), &format!("{expected}{after}"));
        }
        // A body in chunks is one though a WebSocket is offered with it.
        let chunked = "POST / HTTP/1.1\r\nUpgrade: websocket\r\nTransfer-Encoding: chunked\r\n\r\n\
                       0\r\n\r\n";
        assert_read(
            &format!("{chunked}GET / HTTP/1.1\r\n{OFFER}\r\n"),
            &format!("{chunked}GET / HTTP/1.1\r\n{PASSED_OVER}\r\n"),
        );
    }

    #[test]
    fn a_length_without_bounds_is_read_to_its_end() {
        let request = format!(
            "POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{OFFER}",
            "9".repeat(40)
        );
        assert_read(&request, &request);
        let leading = format!("{}3", "0".repeat(40));
        let request = |head: &str| {
            format!(
                "POST / HTTP/1.1\r\nContent-Length: {leading}\r\n\r\nabcGET / HTTP/1.1\r\n{head}"
            )
        };
        assert_read(&request(OFFER), &request(PASSED_OVER));
        let chunk = format!(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n{OFFER}",
            "f".repeat(40)
        );
        assert_read(&chunk, &chunk);
    }
}
