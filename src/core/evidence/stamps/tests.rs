use super::*;
use crate::base::memory::MemoryWorld;

const LOCK: &str = "# What `sourcebook verify` found in the captures. Written by it, not by hand.\nversion = 3\n";

fn faults(files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let mut world = MemoryWorld::new();
    for (path, bytes) in files {
        world = world.with(format!("proof/{path}"), bytes.clone());
    }
    prove(&read(&world), &[]).diagnostics.into_iter().map(|d| d.message).collect()
}

#[test]
fn a_folder_is_named_by_what_it_holds() {
    let folder = folder_of(LOCK.as_bytes());
    assert_eq!(faults(&[(&format!("{folder}/captures.lock"), LOCK.into())]), [""; 0]);
    let other = format!("{folder}/captures.lock");
    let changed = format!("{LOCK}\n");
    let expect = folder_of(changed.as_bytes());
    assert_eq!(
        faults(&[(&other, changed.into_bytes())]),
        [format!(
            "`proof/{folder}/captures.lock` proves nothing: it is not the lock that was stamped: its folder would be `{expect}`"
        )]
    );
    // What is none of the known files is left alone.
    assert_eq!(faults(&[("notes.txt", vec![1]), ("a/b/c.tsr", vec![1]), ("key.pem", b"x".to_vec())]), [""; 0]);
}

/// A proof as the OpenTimestamps client writes it: of a file, through two operations, to a block and to a calendar.
fn ots(hash: Sha256) -> Vec<u8> {
    let mut bytes = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
    bytes.extend(hash.0);
    bytes.extend([0xf0, 2, 9, 9, 0x08, 0xff]);
    bytes.extend([0x00, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, 3, 0xb0, 0xea, 0x35]);
    bytes.extend([0x00, 0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e, 3, 2, b'h', b'i']);
    bytes
}

#[test]
fn a_proof_of_opentimestamps_names_blocks() {
    let hash = Sha256::of(LOCK.as_bytes());
    let bytes = ots(hash);
    let expect = ots::Proof { blocks: vec![881_968], pending: true };
    assert_eq!(ots::read(&bytes, hash), Ok(expect));
    assert_eq!(ots::read(&bytes, Sha256::of(b"other")), Err("it is of another file"));
    for length in 0..bytes.len() {
        assert!(ots::read(&bytes[..length], hash).is_err(), "{length}");
    }
    assert!(ots::read(&[&*bytes, &[0]].concat(), hash).is_err());
}
