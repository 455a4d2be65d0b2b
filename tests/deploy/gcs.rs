//! To Google Cloud Storage, as far as its XML interface is S3's: moto takes both.

use crate::program::deploy;
use crate::proxy::{Fate, Proxy};
use crate::servers::moto;
use crate::site::Site;
use crate::watch::Watch;

#[test]
fn all_of_it_then_only_what_changed() {
    let bucket = format!("http://127.0.0.1:{}/google", moto());
    ureq::put(&bucket).header("x-amz-acl", "public-read-write").send_empty().unwrap();
    let watch = Watch::default();
    let proxy = Proxy::new(moto(), watch.with(|_| Fate::Pass));
    let site = Site::new("gcs");
    site.target(&format!("kind = \"gcs\"\nbucket = \"google\"\nendpoint = \"http://127.0.0.1:{}\"", proxy.port));
    let keys = [("GOOGLE_BEARER_TOKEN", "hush-hush-hush")];
    deploy(&site, &[], &keys).expect(0, "gs://google: ").expect(0, " new, 0 changed, 0 removed, 0 unchanged");
    assert_eq!(proxy.keys("PUT").len(), site.built().len());
    deploy(&site, &[], &keys).expect(0, "0 new, 0 changed, 0 removed");
    site.actors(2..=31);
    deploy(&site, &[], &keys).expect(0, "1 removed");
    assert_eq!(proxy.keys("DELETE"), ["actors/a1/index.html"]);
    watch.assert_never_broken(40);
}
