//! Opens stores with the credentials of the environment and of the tools' own files.
//!
//! `site.toml` says where; who one is, the environment says (`AWS_…`, `GOOGLE_…`, `AZURE_…`), or the files that `aws`,
//! `gcloud` and `az` keep, or the machine itself, if it belongs to the store's owner.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{BackoffConfig, ObjectStore, RetryConfig};

use super::super::Failure;
use super::http::Connector;
use crate::deploy::profile::Profile;
use crate::deploy::redact::Redactor;
use crate::held::named;
use sourcebook_core::dossier::config::{Store, StoreKind};

/// Lets the machine be asked for credentials: `SOURCEBOOK_MACHINE_IDENTITY=true`.
const MACHINE: &str = "MACHINE_IDENTITY";

/// Lets requests go unencrypted to other machines: `SOURCEBOOK_ALLOW_HTTP=true`.
const PLAIN: &str = "ALLOW_HTTP";

/// The store that a target names.
pub(super) fn store(at: &Store, secrets: &mut Redactor) -> Result<Arc<dyn ObjectStore>, Failure> {
    if at.endpoint.as_deref().is_some_and(|url| url.starts_with("http://") && !is_loopback(url)) && !is_set(PLAIN) {
        let message = "the endpoint is not encrypted: write `https://`, or set SOURCEBOOK_ALLOW_HTTP=true if the way to it is safe";
        return Err(Failure(message.to_owned()));
    }
    let opened = match at.kind {
        StoreKind::S3 => s3(at, secrets)?,
        StoreKind::Gcs => gcs(at)?,
        StoreKind::Azure => azure(at)?,
    };
    opened.map_err(|error| Failure(format!("cannot open the store: {error}")))
}

type Opened = object_store::Result<Arc<dyn ObjectStore>>;

fn s3(at: &Store, secrets: &mut Redactor) -> Result<Opened, Failure> {
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(&*at.bucket)
        .with_disable_bulk_delete(true)
        .with_retry(retry())
        .with_http_connector(Connector);
    let known = [
        "ACCESS_KEY_ID",
        "WEB_IDENTITY_TOKEN_FILE",
        "CONTAINER_CREDENTIALS_RELATIVE_URI",
        "CONTAINER_CREDENTIALS_FULL_URI",
        "SKIP_SIGNATURE",
        "METADATA_ENDPOINT",
    ];
    let profile = profile();
    for secret in [&profile.key_id, &profile.secret, &profile.token].into_iter().flatten() {
        secrets.add(secret);
    }
    let named = known.iter().any(|name| is_set_as("AWS_", name));
    match (profile.key_id, profile.secret) {
        (Some(key), Some(secret)) if !named => {
            builder = builder.with_access_key_id(key).with_secret_access_key(secret);
            if let Some(token) = profile.token {
                builder = builder.with_token(token);
            }
        }
        _ if !named => on_a_machine("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws/credentials")?,
        _ => {}
    }
    let named = is_set_as("AWS_", "REGION") || is_set_as("AWS_", "DEFAULT_REGION");
    if let Some(region) = at.region.as_deref().map(str::to_owned).or(profile.region.filter(|_| !named)) {
        builder = builder.with_region(region);
    }
    if let Some(endpoint) = &at.endpoint {
        builder = builder.with_endpoint(&**endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    Ok(builder.build().map(|store| Arc::new(store) as _))
}

fn gcs(at: &Store) -> Result<Opened, Failure> {
    let mut builder = GoogleCloudStorageBuilder::from_env()
        .with_bucket_name(&*at.bucket)
        .with_retry(retry())
        .with_http_connector(Connector);
    let known = [
        "SERVICE_ACCOUNT",
        "SERVICE_ACCOUNT_PATH",
        "SERVICE_ACCOUNT_KEY",
        "APPLICATION_CREDENTIALS",
        "BEARER_TOKEN",
        "SKIP_SIGNATURE",
    ];
    let file =
        home().is_some_and(|home| named::is_file(&home.join(".config/gcloud/application_default_credentials.json")));
    if !file && !known.iter().any(|name| is_set_as("GOOGLE_", name)) && std::env::var_os("SERVICE_ACCOUNT").is_none() {
        on_a_machine("GOOGLE_APPLICATION_CREDENTIALS, or run `gcloud auth application-default login`")?;
    }
    if let Some(endpoint) = &at.endpoint {
        builder = builder.with_base_url(endpoint);
        if endpoint.starts_with("http://") {
            builder = builder.with_client_options(object_store::ClientOptions::new().with_allow_http(true));
        }
    }
    Ok(builder.build().map(|store| Arc::new(store) as _))
}

fn azure(at: &Store) -> Result<Opened, Failure> {
    let mut builder = MicrosoftAzureBuilder::from_env()
        .with_container_name(&*at.bucket)
        .with_retry(retry())
        .with_http_connector(Connector);
    if let Some(account) = &at.account {
        builder = builder.with_account(&**account);
    }
    if let Some(endpoint) = &at.endpoint {
        builder = builder.with_endpoint(endpoint.to_string()).with_allow_http(endpoint.starts_with("http://"));
    }
    let known = [
        "ACCESS_KEY",
        "ACCOUNT_KEY",
        "MASTER_KEY",
        "SAS_KEY",
        "SAS_TOKEN",
        "CLIENT_SECRET",
        "TOKEN",
        "TOKEN_FILE",
        "FEDERATED_TOKEN_FILE",
        "USE_AZURE_CLI",
        "SKIP_SIGNATURE",
        "MSI_ENDPOINT",
        "IDENTITY_ENDPOINT",
        "USE_EMULATOR",
    ];
    let named = known.iter().any(|name| is_set_as("AZURE_STORAGE_", name) || is_set_as("AZURE_", name));
    if !named && std::env::var_os("IDENTITY_ENDPOINT").is_none() {
        match home().is_some_and(|home| named::is_folder(&home.join(".azure"))) {
            true => builder = builder.with_use_azure_cli(true),
            false => on_a_machine("AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_TOKEN, or run `az login`")?,
        }
    }
    Ok(builder.build().map(|store| Arc::new(store) as _))
}

/// Twice as long between tries each time, with some chance in it so that threads do not all come back at once.
fn retry() -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(300), max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: 10, retry_timeout: Duration::from_secs(120) }
}

/// Without credentials the only hope is that this machine has some of its own, which it is asked for only if told to:
/// where it has none, the question takes minutes.
fn on_a_machine(give: &str) -> Result<(), Failure> {
    match is_set(MACHINE) {
        true => Ok(()),
        false => Err(Failure(format!(
            "no credentials: set {give}, or SOURCEBOOK_{MACHINE}=true on a machine that has an identity of its own; they never \
             stand in site.toml"
        ))),
    }
}

#[expect(clippy::disallowed_methods, reason = "the tools' own variables")]
fn profile() -> Profile {
    let variable = |name: &str| std::env::var(name).ok();
    let name = variable("AWS_PROFILE").or(variable("AWS_DEFAULT_PROFILE")).unwrap_or_else(|| "default".to_owned());
    let mut profile = Profile::default();
    for (variable, usual) in [("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"), ("AWS_CONFIG_FILE", ".aws/config")] {
        let path = std::env::var_os(variable).map(PathBuf::from).or_else(|| Some(home()?.join(usual)));
        if let Some(text) = path.and_then(|path| named::read(&path).ok()) {
            profile.read(&String::from_utf8_lossy(&text), &name);
        }
    }
    profile
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

fn is_set_as(prefix: &str, name: &str) -> bool {
    std::env::var_os(format!("{prefix}{name}")).is_some_and(|value| !value.is_empty())
}

fn is_set(name: &str) -> bool {
    is_set_as("SOURCEBOOK_", name)
}

fn is_loopback(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
