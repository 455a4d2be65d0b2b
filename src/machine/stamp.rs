//! Timestamps over `captures.lock`, asked of authorities (RFC 3161, section 3.4: over HTTP).

use std::time::Duration;

use ring::rand::{SecureRandom as _, SystemRandom};
use ureq::Agent;

use super::held::Folder;
use sourcebook_core::dossier::config::Authority;
use sourcebook_core::dossier::load::LOCK;
use sourcebook_core::evidence::sha256::Sha256;
use sourcebook_core::evidence::stamps::{self, token};

/// No answer is larger.
const MOST: u64 = 1 << 20;

/// For one authority.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What became of a question.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The token was written; when the authority saw the lock (ISO), and the last day of its certificate.
    Stamped(String, String),
    /// This authority has stamped this very lock before.
    Known,
    /// It has not, and why: the end of a sentence.
    Failed(String),
}

/// Asks one authority for a token over the lock, checks it, and keeps it with what was stamped.
pub fn ask(root: &Folder, lock: &[u8], authority: &Authority) -> Outcome {
    let folder = format!("{}/{}", stamps::FOLDER, stamps::folder_of(lock));
    let answer = format!("{folder}/{}.tsr", authority.id);
    let pem = format!("{}/{}.pem", stamps::FOLDER, authority.id);
    let trusted = match root.read(&pem, MOST) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Outcome::Failed(format!(
                "`{pem}`: {error}; save the authority's root certificate there, from its own site"
            ));
        }
    };
    if root.read(&answer, MOST).is_ok_and(|known| token::check(&known, lock, &trusted).is_ok()) {
        return Outcome::Known;
    }
    let mut nonce = [0; 8];
    if SystemRandom::new().fill(&mut nonce).is_err() {
        return Outcome::Failed("this system gives no random numbers".to_owned());
    }
    let asked = post(&authority.url, &token::request(Sha256::of(lock), nonce));
    let checked = asked.and_then(|bytes| {
        let checked = token::check(&bytes, lock, &trusted).map_err(|why| why.to_string())?;
        match checked.nonce.as_deref() == Some(&token::nonce_of(nonce)) {
            true => Ok((bytes, checked)),
            false => Err("it answers a question that was not asked now".to_owned()),
        }
    });
    let (bytes, checked) = match checked {
        Ok(checked) => checked,
        Err(why) => return Outcome::Failed(why),
    };
    // The lock first: a token without what it stamps would prove nothing.
    let kept = root.make_folders(&folder).and_then(|_| root.replace(format!("{folder}/{LOCK}"), lock));
    match kept.and_then(|_| root.replace(&answer, &bytes)) {
        Ok(_) => Outcome::Stamped(checked.at, checked.until),
        Err(error) => Outcome::Failed(format!("`{folder}`: {error}")),
    }
}

fn post(url: &str, question: &[u8]) -> Result<Vec<u8>, String> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(3)
        .timeout_global(Some(TIMEOUT))
        .user_agent(format!("sourcebook/{} (timestamp)", env!("CARGO_PKG_VERSION")));
    let agent = config.build().new_agent();
    let question = agent.post(url).content_type("application/timestamp-query").send(question);
    let mut response = question.map_err(|error| error.to_string())?;
    if !response.status().is_success() {
        return Err(format!("it answers {}", response.status()));
    }
    let body = response.body_mut().with_config().limit(MOST).read_to_vec();
    body.map_err(|error| error.to_string())
}
