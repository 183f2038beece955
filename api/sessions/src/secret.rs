//! The secret of a browser, and all that is made of it.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    constant_time::verify_slices_are_equal,
    hmac,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use database::ids;

/// What a cookie holds: 32 random bytes. Everything else is made of it, each for one use.
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(ids::secret())
    }

    /// The secret of a cookie; none where it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As it stands in a cookie.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What stands in every form of a session, and what nobody else can put into one. It is masked
    /// anew for each page, so that the length of a compressed page tells nothing of it.
    #[must_use]
    pub fn form_token(&self) -> String {
        let mask = ids::secret();
        let masked = mask.iter().zip(self.bytes_for("form"));
        let masked: Vec<u8> = masked.map(|(mask, own)| mask ^ own).collect();
        URL_SAFE_NO_PAD.encode([mask.as_slice(), &masked].concat())
    }

    /// Whether a form holds the token of this session.
    #[must_use]
    pub fn is_form_token(&self, given: &str) -> bool {
        let bytes = URL_SAFE_NO_PAD.decode(given).unwrap_or_default();
        let (mask, masked) = bytes.split_at(bytes.len() / 2);
        let own: Vec<u8> = mask
            .iter()
            .zip(masked)
            .map(|(mask, own)| mask ^ own)
            .collect();
        verify_slices_are_equal(&own, &self.bytes_for("form")).is_ok()
    }

    /// What comes back beside the code of a sign-in.
    #[must_use]
    pub fn state(&self) -> String {
        self.derived("state")
    }

    /// Whether this came back beside the code of this sign-in.
    #[must_use]
    pub fn is_state(&self, given: &str) -> bool {
        verify_slices_are_equal(given.as_bytes(), self.state().as_bytes()).is_ok()
    }

    /// What comes back in the ID token of a sign-in.
    #[must_use]
    pub fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// By which whoever began a sign-in is known when the code is exchanged.
    #[must_use]
    pub fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// Under which its row stands: it opens nothing.
    #[must_use]
    pub fn id(&self) -> String {
        hex::encode(self.bytes_for("row"))
    }

    /// A text, so that only this secret opens it.
    pub(crate) fn seal(&self, text: &str) -> Option<Vec<u8>> {
        let mut sealed = text.as_bytes().to_vec();
        let key = self.key()?;
        let nonce = key.seal_in_place_append_tag(Aad::empty(), &mut sealed);
        let nonce = nonce.ok()?;
        let nonce: &[u8; NONCE_LEN] = nonce.as_ref();
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// The text that this secret sealed; none where another one did, or it was changed.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = sealed.to_vec();
        let key = self.key()?;
        let opened = key.open_in_place(nonce, Aad::empty(), &mut bytes);
        String::from_utf8(opened.ok()?.to_vec()).ok()
    }

    fn key(&self) -> Option<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.bytes_for("seal")).ok()
    }

    fn derived(&self, purpose: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes_for(purpose))
    }

    /// 32 bytes for one use, of which nothing of the secret or of another use can be found out.
    fn bytes_for(&self, purpose: &str) -> Vec<u8> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        hmac::sign(&key, purpose.as_bytes()).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let secret = Secret::random();
        let again = Secret::parse(&secret.to_text()).unwrap();
        assert_eq!(again.id(), secret.id());
        assert_ne!(Secret::random().id(), secret.id());
        for length in [0, 1, 42, 44, 64] {
            assert!(Secret::parse(&"A".repeat(length)).is_none(), "{length}");
        }
    }

    #[test]
    fn what_is_made_of_a_secret_differs_by_use_and_holds_for_it_alone() {
        let (secret, other) = (Secret([1; 32]), Secret([2; 32]));
        let made = [secret.state(), secret.nonce(), secret.verifier()];
        for (at, one) in made.iter().enumerate() {
            assert_eq!(one.len(), 43, "RFC 7636 wants 43 signs of a verifier");
            assert_ne!(*one, secret.to_text());
            assert!(!made[at + 1..].contains(one));
        }
        assert!(secret.is_state(&secret.state()) && !secret.is_state(&other.state()));
    }

    #[test]
    fn the_token_of_forms_is_written_anew_for_each_page_and_holds_for_its_session() {
        let (secret, other) = (Secret([1; 32]), Secret([2; 32]));
        let (one, another) = (secret.form_token(), secret.form_token());
        assert_ne!(one, another);
        assert!(secret.is_form_token(&one) && secret.is_form_token(&another));
        let long = format!("{one}AAAA");
        for wrong in [
            "",
            "A",
            "AA",
            &one[4..],
            long.as_str(),
            other.form_token().as_str(),
            secret.state().as_str(),
        ] {
            assert!(!secret.is_form_token(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_is_sealed_opens_by_its_own_secret_unchanged() {
        let (secret, other) = (Secret([1; 32]), Secret([2; 32]));
        let sealed = secret.seal("a token").unwrap();
        assert_eq!(secret.open(&sealed).as_deref(), Some("a token"));
        assert_ne!(secret.seal("a token").unwrap(), sealed, "no two are equal");
        assert!(!sealed.windows(5).any(|part| part == b"token"));
        assert_eq!(other.open(&sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(secret.open(&changed), None, "{at}");
        }
        assert_eq!(secret.open(&sealed[..8]), None);
        assert_eq!(secret.open(&[]), None);
    }
}
