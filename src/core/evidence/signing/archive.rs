//! Who signed a web archive: `signedData` of `datapackage-digest.json` (WACZ Signing and Verification 0.1.0), in both forms.
//!
//! What is signed is the text of the hash of `datapackage.json` (`sha256:…`), which states the hash of every file; by ECDSA
//! with SHA-256.
//!
//! - By a **key** of which the archive says nothing but itself (`publicKey`: what the spec calls anonymous; ArchiveWeb.page).
//!   Signatures are the two numbers one after the other, as browsers make them, or as ASN.1.
//! - In the name of a **domain**, by the key of its certificate (`domain`, `domainCert`; authsign, wacz-signing). The
//!   certificate must be the domain's, and lead to an authority that browsers trust, at the time at which the archive says
//!   that it was signed (`created`). If there is a timestamp of the signature (`timeSignature`), it must be of this
//!   signature and of that time, within ten minutes; whether its authority is to be trusted is not asked: no list says so.
//!
//! Revocation is not asked for either: nobody is.

use std::time::Duration;

use der::{AnyRef, Decode, Tag, Tagged};
use jiff::Timestamp;
use mail_parser::decoders::base64::base64_decode;
use ring::signature::{ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA256_ASN1, UnparsedPublicKey};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject};
use serde::Deserialize;
use webpki::{EndEntityCert, KeyUsage, ring as algorithms};

use super::cms::{ALL, fields, name};
use super::token;
use crate::evidence::sha256::Sha256;

const CURVE_P256: &str = "1.2.840.10045.3.1.7";
const CURVE_P384: &str = "1.3.132.0.34";

/// How far a timestamp may be from the time that the archive states (section 4.2 of the spec).
const APART: Duration = Duration::from_secs(600);

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The holder of a key: the SHA-256 of its `SubjectPublicKeyInfo`.
    Key(Sha256),
    /// Who holds the certificate of a domain, which led to an authority that browsers trust.
    Domain(String),
    /// Who holds a certificate in the name of a domain, which leads to no such authority.
    Unproven(String),
    /// The signature does not hold, or is in no form that is known.
    Nobody,
}

/// As the file has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignedData {
    hash: String,
    signature: String,
    created: Option<String>,
    public_key: Option<String>,
    domain: Option<String>,
    domain_cert: Option<String>,
    time_signature: Option<String>,
    timestamp_cert: Option<String>,
}

/// Who signed an archive with this `datapackage-digest.json`, whose `datapackage.json` has this hash; `None` where nobody
/// did.
pub fn signer(digest: &[u8], package: Sha256) -> Option<Signer> {
    let digest: serde_json::Value = serde_json::from_slice(digest).ok()?;
    let signed = digest.get("signedData").filter(|signed| !signed.is_null())?;
    let Ok(signed) = SignedData::deserialize(signed) else { return Some(Signer::Nobody) };
    // Whatever else the file says: the hash that is signed is that of the package that was read.
    if signed.hash != format!("sha256:{package}") {
        return Some(Signer::Nobody);
    }
    let found = match (&signed.public_key, &signed.domain, &signed.domain_cert) {
        (Some(key), None, None) => by_key(&signed, key),
        (None, Some(domain), Some(certificates)) => by_domain(&signed, domain, certificates),
        _ => None,
    };
    Some(found.unwrap_or(Signer::Nobody))
}

fn by_key(signed: &SignedData, key: &str) -> Option<Signer> {
    let spki = base64_decode(key.as_bytes())?;
    let signature = base64_decode(signed.signature.as_bytes())?;
    let parts = fields(AnyRef::from_der(&spki).ok()?)?;
    let [algorithm, bits] = parts.as_slice() else { return None };
    let curve = name(*fields(*algorithm)?.get(1)?)?;
    let point = bits.value().strip_prefix(&[0]).filter(|_| bits.tag() == Tag::BitString)?;
    let message = signed.hash.as_bytes();
    let holds = match (&*curve, signature.len()) {
        (CURVE_P256, 64) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, &signature),
        (CURVE_P256, _) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, &signature),
        (CURVE_P384, 96) => UnparsedPublicKey::new(&ECDSA_P384_SHA256_ASN1, point).verify(message, &asn1(&signature)),
        (CURVE_P384, _) => UnparsedPublicKey::new(&ECDSA_P384_SHA256_ASN1, point).verify(message, &signature),
        _ => return None,
    };
    holds.ok().map(|()| Signer::Key(Sha256::of(&spki)))
}

/// Two numbers one after the other as a SEQUENCE of two INTEGERs: all of it is shorter than 128 bytes.
fn asn1(signature: &[u8]) -> Vec<u8> {
    let mut numbers = Vec::new();
    for half in signature.chunks(signature.len().div_ceil(2).max(1)) {
        let start = half.iter().position(|byte| *byte != 0).unwrap_or(half.len().saturating_sub(1));
        let number = &half[start..];
        let sign = usize::from(number.first().is_some_and(|byte| byte & 0x80 != 0));
        numbers.extend([0x02, u8::try_from(number.len() + sign).unwrap_or_default()]);
        numbers.extend(std::iter::repeat_n(0, sign));
        numbers.extend(number);
    }
    let mut whole = vec![0x30, u8::try_from(numbers.len()).unwrap_or_default()];
    whole.extend(numbers);
    whole
}

fn by_domain(signed: &SignedData, domain: &str, certificates: &str) -> Option<Signer> {
    let chain: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(certificates.as_bytes()).flatten().collect();
    let (own, between) = chain.split_first()?;
    let own = EndEntityCert::try_from(own).ok()?;
    let signature = base64_decode(signed.signature.as_bytes())?;
    let ways = [algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256, algorithms::RSA_PKCS1_2048_8192_SHA256];
    let message = signed.hash.as_bytes();
    ways.iter().find(|way| own.verify_signature(**way, message, &signature).is_ok())?;
    own.verify_is_valid_for_subject_name(&ServerName::try_from(domain).ok()?).ok()?;
    let created: Timestamp = signed.created.as_deref()?.parse().ok()?;
    is_stamped_so(signed, &signature, created)?;
    let time = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(created.as_second()).ok()?));
    let roots = webpki_roots::TLS_SERVER_ROOTS;
    let path = own.verify_for_usage(ALL, roots, between, time, KeyUsage::server_auth(), None, None);
    Some(match path {
        Ok(_) => Signer::Domain(domain.to_owned()),
        Err(_) => Signer::Unproven(domain.to_owned()),
    })
}

/// Whether a timestamp of the signature, if there is one, is of it, and of the time that is stated.
fn is_stamped_so(signed: &SignedData, signature: &[u8], created: Timestamp) -> Option<()> {
    let Some(answer) = &signed.time_signature else { return Some(()) };
    let answer = base64_decode(answer.as_bytes())?;
    let certificates = signed.timestamp_cert.as_deref()?.as_bytes();
    // Tools stamp the signature as it is written, or its bytes.
    let written = token::check(&answer, signed.signature.as_bytes(), certificates);
    let stamped = written.or_else(|_| token::check(&answer, signature, certificates)).ok()?;
    let at: Timestamp = stamped.at.parse().ok()?;
    (at.duration_since(created).unsigned_abs() <= APART).then_some(())
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD, Engine};
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

    use super::*;

    /// A `SubjectPublicKeyInfo` of P-256.
    fn spki(point: &[u8]) -> Vec<u8> {
        const HEAD: &[u8] = &[
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        [HEAD, point].concat()
    }

    fn base64(bytes: &[u8]) -> String {
        BASE64_STANDARD.encode(bytes)
    }

    #[test]
    fn a_key_signs_the_text_of_the_hash() {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let package = Sha256::of(b"{}");
        let hash = format!("sha256:{package}");
        let signature = pair.sign(&random, hash.as_bytes()).unwrap();
        let key = spki(pair.public_key().as_ref());
        let file = |hash: &str, signature: &[u8]| {
            let (signature, key) = (base64(signature), base64(&key));
            format!(
                "{{\"hash\":\"x\",\"signedData\":{{\"hash\":\"{hash}\",\"signature\":\"{signature}\",\"publicKey\":\"{key}\"}}}}"
            )
        };
        let good = file(&hash, signature.as_ref());
        assert_eq!(signer(good.as_bytes(), package), Some(Signer::Key(Sha256::of(&key))));
        let asn1 = file(&hash, &asn1(signature.as_ref()));
        assert_eq!(signer(asn1.as_bytes(), package), Some(Signer::Key(Sha256::of(&key))));
        // Of another package; of this one, with one bit of the signature turned; in two forms at once.
        assert_eq!(signer(good.as_bytes(), Sha256::of(b"{ }")), Some(Signer::Nobody));
        let mut turned = signature.as_ref().to_vec();
        turned[10] ^= 1;
        assert_eq!(signer(file(&hash, &turned).as_bytes(), package), Some(Signer::Nobody));
        let both = good.replace("\"publicKey\"", "\"domain\":\"a.example\",\"publicKey\"");
        assert_eq!(signer(both.as_bytes(), package), Some(Signer::Nobody));
        assert_eq!(signer(b"{\"hash\":\"x\"}", package), None);
        assert_eq!(signer(b"{\"signedData\":{}}", package), Some(Signer::Nobody));
    }

    #[test]
    fn numbers_are_written_as_asn1_writes_them() {
        assert_eq!(asn1(&[0x80, 0x01, 0x00, 0x02]), [0x30, 8, 0x02, 3, 0x00, 0x80, 0x01, 0x02, 1, 0x02]);
        assert_eq!(asn1(&[0, 0]), [0x30, 6, 0x02, 1, 0, 0x02, 1, 0]);
    }
}
