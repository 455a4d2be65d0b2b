//! Signatures in the Cryptographic Message Syntax (RFC 5652), checked by kept crates: `der` reads ASN.1, `webpki` follows
//! the certificates, `ring` does the arithmetic.

use std::fmt;
use std::time::Duration;

use der::asn1::ObjectIdentifier;
use der::{AnyRef, Decode, Encode, Reader, SliceReader, Tag, Tagged};
use ring::digest::{self, digest};
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime, pem::PemObject};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring as algorithms};

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";
const KEY_IDENTIFIER: &str = "2.5.29.14";
const KEY_USAGES: &str = "2.5.29.37";

/// `id-kp-timeStamping` (RFC 3161, section 2.3), as `webpki` takes it.
const TIME_STAMPING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// Why a signature does not hold. `Display` gives the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The bytes are not what they should be.
    Form(&'static str),
    /// The authority refused, with this status.
    Refused(String),
    /// It is about other bytes.
    Other,
    /// It does not hold under the certificate.
    Signature,
    /// It is made in a way that this program does not check.
    Unknown(String),
    /// The certificate is not one for this, or does not lead to the ones that are trusted.
    Chain(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(what) => write!(f, "it cannot be read: {what}"),
            Self::Refused(status) => write!(f, "the authority refused ({status})"),
            Self::Other => write!(f, "it is about other bytes: something was changed"),
            Self::Signature => write!(f, "its signature does not hold"),
            Self::Unknown(what) => write!(f, "it is signed in a way that is not checked here: {what}"),
            Self::Chain(why) => write!(f, "its certificate does not hold: {why}"),
        }
    }
}

/// The fields of a sequence or set, or of what is tagged explicitly.
pub(super) fn fields(any: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(any.value()).ok()?;
    let mut fields = Vec::new();
    while !reader.is_finished() {
        fields.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(fields)
}

/// An object identifier, in dots.
pub(super) fn name(any: AnyRef<'_>) -> Option<String> {
    (any.tag() == Tag::ObjectIdentifier)
        .then(|| ObjectIdentifier::from_bytes(any.value()).ok())?
        .map(|oid| oid.to_string())
}

/// Whether something is tagged `[number]`.
fn is_tagged(any: &AnyRef<'_>, number: u32) -> bool {
    matches!(any.tag(), Tag::ContextSpecific { number: found, .. } if found.value() == number)
}

/// Signed content.
pub(super) struct Signed<'a> {
    /// The type of the content.
    pub kind: String,
    /// The content.
    pub content: &'a [u8],
    certificates: Vec<Certificate>,
    signer: Signer<'a>,
}

/// Who signed (`SignerInfo`).
struct Signer<'a> {
    id: AnyRef<'a>,
    digest: AnyRef<'a>,
    attributes: AnyRef<'a>,
    algorithm: AnyRef<'a>,
    signature: &'a [u8],
}

/// A certificate, as far as it matters here.
#[derive(Clone)]
pub(super) struct Certificate {
    der: Vec<u8>,
    issuer: Vec<u8>,
    serial: Vec<u8>,
    /// The last moment at which it may sign, as the certificate writes it (X.509: UTCTime or GeneralizedTime).
    pub until: (Tag, Vec<u8>),
    /// Its extensions: name, whether critical, value.
    extensions: Vec<(String, bool, Vec<u8>)>,
}

impl Certificate {
    fn read(der: &[u8]) -> Option<Self> {
        let whole = fields(AnyRef::from_der(der).ok()?)?;
        let signed = fields(*whole.first()?)?;
        let (serial, rest) = match signed.split_first()? {
            (version, rest) if is_tagged(version, 0) => rest.split_first()?,
            (serial, rest) => (serial, rest),
        };
        let [_, issuer, validity, ..] = rest else { return None };
        let until = *fields(*validity)?.get(1)?;
        let list =
            rest.iter().find(|field| is_tagged(field, 3)).and_then(|tagged| fields(fields(*tagged)?.first().copied()?));
        let extension = |any: AnyRef<'_>| {
            let parts = fields(any)?;
            let critical = parts.iter().any(|part| part.tag() == Tag::Boolean && part.value() != [0]);
            Some((name(*parts.first()?)?, critical, parts.last()?.value().to_vec()))
        };
        Some(Self {
            der: der.to_vec(),
            issuer: issuer.to_der().ok()?,
            serial: serial.value().to_vec(),
            until: (until.tag(), until.value().to_vec()),
            extensions: list.unwrap_or_default().into_iter().filter_map(extension).collect(),
        })
    }

    fn extension(&self, name: &str) -> Option<&(String, bool, Vec<u8>)> {
        self.extensions.iter().find(|(of, ..)| of == name)
    }

    /// Whether a `SignerIdentifier` means it: by issuer and serial number, or by the identifier of its key.
    fn is_meant(&self, id: AnyRef<'_>) -> bool {
        if is_tagged(&id, 0) {
            let own = self
                .extension(KEY_IDENTIFIER)
                .and_then(|(.., value)| Some(AnyRef::from_der(value).ok()?.value().to_vec()));
            return own.is_some_and(|own| own == id.value());
        }
        let Some(parts) = fields(id) else { return false };
        let [issuer, serial] = parts.as_slice() else { return false };
        issuer.to_der().is_ok_and(|issuer| issuer == self.issuer) && serial.value() == self.serial
    }
}

impl<'a> Signed<'a> {
    /// Reads an envelope (`ContentInfo` with `SignedData`).
    pub(super) fn read(der: &'a [u8]) -> Result<Self, Wrong> {
        Self::parse(der).ok_or(Wrong::Form("it is no signed message (CMS) of one signer"))
    }

    fn parse(der: &'a [u8]) -> Option<Self> {
        let info = fields(AnyRef::from_der(der).ok()?)?;
        let [kind, tagged] = info.as_slice() else { return None };
        if name(*kind)? != SIGNED_DATA {
            return None;
        }
        let data = fields(*fields(*tagged)?.first()?)?;
        let [_version, _digests, content, rest @ ..] = data.as_slice() else { return None };
        let content = fields(*content)?;
        let inner = fields(*content.get(1).filter(|content| is_tagged(content, 0))?)?;
        let certificates =
            rest.iter().find(|field| is_tagged(field, 0)).and_then(|set| fields(*set)).unwrap_or_default();
        let certificates = certificates.iter().filter_map(|any| Certificate::read(&any.to_der().ok()?)).collect();
        let signers = fields(*rest.last().filter(|set| set.tag() == Tag::Set)?)?;
        let [signer] = signers.as_slice() else { return None };
        let parts = fields(*signer)?;
        let [_version, id, digest, attributes, algorithm, signature, ..] = parts.as_slice() else { return None };
        if !is_tagged(attributes, 0) {
            return None;
        }
        let (id, digest, attributes, algorithm) = (*id, *digest, *attributes, *algorithm);
        Some(Self {
            kind: name(*content.first()?)?,
            content: inner.first()?.value(),
            certificates,
            signer: Signer { id, digest, attributes, algorithm, signature: signature.value() },
        })
    }

    /// Checks the signature, and that its certificate led at that time (seconds since 1970) to one of `trusted` (PEM), and
    /// was one for timestamps alone. Gives the certificate.
    pub(super) fn check(&self, seconds: u64, trusted: &[u8]) -> Result<Certificate, Wrong> {
        let certificates = self.certificates(trusted);
        let certificate = certificates.iter().find(|certificate| certificate.is_meant(self.signer.id));
        let certificate = certificate.ok_or_else(|| Wrong::Chain("it is not in the token".to_owned()))?;
        self.attributes(&certificate.der)?;
        // What is signed is the set itself, not its place in the message (RFC 5652, section 5.4).
        let mut message = self.signer.attributes.to_der().map_err(|_| Wrong::Form("its attributes"))?;
        message[0] = 0x31;
        let own = CertificateDer::from(certificate.der.clone());
        let entity = EndEntityCert::try_from(&own).map_err(|why| Wrong::Chain(format!("{why:?}")))?;
        verify(&entity, &self.signer, &message)?;
        for_timestamps(certificate)?;
        chain(&entity, &certificates, seconds, trusted)?;
        Ok(certificate.clone())
    }

    /// The one value of a signed attribute.
    fn attribute(&self, wanted: &str) -> Option<AnyRef<'a>> {
        let attributes = fields(self.signer.attributes)?;
        let mut of = attributes.into_iter().filter_map(|attribute| {
            let parts = fields(attribute)?;
            (name(*parts.first()?)? == wanted).then(|| fields(*parts.get(1)?)).flatten()
        });
        match (of.next().as_deref(), of.next()) {
            (Some([value]), None) => Some(*value),
            _ => None,
        }
    }

    /// What the signature covers besides its attributes: the type, the content, and which certificate it is.
    fn attributes(&self, certificate: &[u8]) -> Result<(), Wrong> {
        if self.attribute(CONTENT_TYPE).and_then(name).as_deref() != Some(&self.kind) {
            return Err(Wrong::Form("its type is not the one that is signed"));
        }
        let algorithm = digest_of(self.signer.digest)?;
        let signed = self.attribute(MESSAGE_DIGEST).map(|digest| digest.value());
        if signed != Some(digest(algorithm, self.content).as_ref()) {
            return Err(Wrong::Signature);
        }
        let (list, is_old) = match (self.attribute(SIGNING_CERTIFICATE_V2), self.attribute(SIGNING_CERTIFICATE)) {
            (Some(list), _) => (list, false),
            (None, Some(list)) => (list, true),
            (None, None) => {
                return Err(Wrong::Form("it does not say which certificate is its own (RFC 3161, section 2.4.2)"));
            }
        };
        let first = || fields(*fields(*fields(list)?.first()?)?.first()?);
        let first = first().ok_or(Wrong::Form("which certificate is its own"))?;
        // Issuer and serial number may follow as a sequence too, but never first.
        let algorithm = match first.first() {
            Some(algorithm) if algorithm.tag() == Tag::Sequence => digest_of(*algorithm)?,
            _ if is_old => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            _ => &digest::SHA256,
        };
        let named = first.iter().find(|field| field.tag() == Tag::OctetString).map(|hash| hash.value());
        match named == Some(digest(algorithm, certificate).as_ref()) {
            true => Ok(()),
            false => Err(Wrong::Chain("it is not the one that the signature names".to_owned())),
        }
    }

    /// Those of the envelope, and those that are trusted: an authority may leave its own out.
    fn certificates(&self, trusted: &[u8]) -> Vec<Certificate> {
        let known = CertificateDer::pem_slice_iter(trusted).flatten().filter_map(|der| Certificate::read(&der));
        self.certificates.iter().cloned().chain(known).collect()
    }
}

/// The digest that an `AlgorithmIdentifier` names.
pub(super) fn digest_of(algorithm: AnyRef<'_>) -> Result<&'static digest::Algorithm, Wrong> {
    match fields(algorithm).and_then(|parts| name(*parts.first()?)).as_deref() {
        Some("2.16.840.1.101.3.4.2.1") => Ok(&digest::SHA256),
        Some("2.16.840.1.101.3.4.2.2") => Ok(&digest::SHA384),
        Some("2.16.840.1.101.3.4.2.3") => Ok(&digest::SHA512),
        other => Err(Wrong::Unknown(format!("digest {}", other.unwrap_or("without a name")))),
    }
}

/// The ways in which the signature may have been made: for each kind of key that its algorithm is for.
fn ways(signer: &Signer<'_>) -> Result<Vec<&'static dyn SignatureVerificationAlgorithm>, Wrong> {
    let name = fields(signer.algorithm).and_then(|parts| name(*parts.first()?)).unwrap_or_default();
    let digest = digest_of(signer.digest)?;
    let bits = match &*name {
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => 256,
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => 384,
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => 512,
        _ => digest.output_len() * 8,
    };
    let rsa = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13"];
    let is_ecdsa = name.starts_with("1.2.840.10045.4.3.") || name == "1.2.840.10045.2.1";
    Ok(match (rsa.contains(&&*name), is_ecdsa, bits) {
        (true, _, 256) => vec![algorithms::RSA_PKCS1_2048_8192_SHA256],
        (true, _, 384) => vec![algorithms::RSA_PKCS1_2048_8192_SHA384],
        (true, _, 512) => vec![algorithms::RSA_PKCS1_2048_8192_SHA512],
        (_, true, 256) => vec![algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256],
        (_, true, 384) => vec![algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384],
        _ => return Err(Wrong::Unknown(format!("algorithm {name} with a digest of {bits} bits"))),
    })
}

fn verify(entity: &EndEntityCert<'_>, signer: &Signer<'_>, message: &[u8]) -> Result<(), Wrong> {
    let ways = ways(signer)?;
    match ways.iter().any(|way| entity.verify_signature(*way, message, signer.signature).is_ok()) {
        true => Ok(()),
        false => Err(Wrong::Signature),
    }
}

/// RFC 3161, section 2.3: one use, and that critical.
fn for_timestamps(certificate: &Certificate) -> Result<(), Wrong> {
    let only = |usage: &[u8]| match fields(AnyRef::from_der(usage).ok()?)?.as_slice() {
        [only] => Some(only.value() == TIME_STAMPING),
        _ => Some(false),
    };
    match certificate.extension(KEY_USAGES) {
        Some((_, true, usage)) if only(usage) == Some(true) => Ok(()),
        _ => Err(Wrong::Chain("it is not one for timestamps alone".to_owned())),
    }
}

fn chain(entity: &EndEntityCert<'_>, certificates: &[Certificate], seconds: u64, trusted: &[u8]) -> Result<(), Wrong> {
    let roots: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(trusted).flatten().collect();
    let anchors: Vec<_> = roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
    if anchors.is_empty() {
        return Err(Wrong::Chain("there is none in the file of those that are trusted".to_owned()));
    }
    let between: Vec<_> =
        certificates.iter().map(|certificate| CertificateDer::from(certificate.der.clone())).collect();
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let usage = KeyUsage::required_if_present(TIME_STAMPING);
    let path = entity.verify_for_usage(ALL, &anchors, &between, time, usage, None, None);
    path.map(drop).map_err(|why| Wrong::Chain(said(&why)))
}

/// What certificates may be signed with.
pub(super) static ALL: &[&dyn SignatureVerificationAlgorithm] = &[
    algorithms::RSA_PKCS1_2048_8192_SHA256,
    algorithms::RSA_PKCS1_2048_8192_SHA384,
    algorithms::RSA_PKCS1_2048_8192_SHA512,
    algorithms::ECDSA_P256_SHA256,
    algorithms::ECDSA_P256_SHA384,
    algorithms::ECDSA_P384_SHA256,
    algorithms::ECDSA_P384_SHA384,
];

fn said(why: &webpki::Error) -> String {
    match why {
        webpki::Error::UnknownIssuer => "it does not lead to the certificates that are trusted".to_owned(),
        webpki::Error::CertExpired { .. } => "it had run out before the token was made".to_owned(),
        webpki::Error::CertNotValidYet { .. } => "it was not yet valid when the token was made".to_owned(),
        other => format!("{other:?}"),
    }
}
