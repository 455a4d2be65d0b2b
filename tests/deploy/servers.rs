//! Servers on loopback that end with the tests: moto (S3), Azurite (Azure).

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The port of an S3 server, the same for all tests: each has its own bucket.
pub(crate) fn moto() -> u16 {
    static SERVER: OnceLock<(u16, Child)> = OnceLock::new();
    // The child keeps our end of its standard input, and ends when that is closed: at our end, however it comes.
    SERVER
        .get_or_init(|| {
            let python = environment().join("bin/python");
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deploy/s3_server.py");
            let mut child = Command::new(python)
                .arg(script)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            (line.trim().parse().expect("moto did not say its port"), child)
        })
        .0
}

/// A Python environment with the packages that the lock file names and no others, made once for each lock file.
fn environment() -> PathBuf {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deploy/requirements.txt");
    let hash = blake3::hash(&std::fs::read(&lock).unwrap()).to_hex();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("moto-{}", &hash[..16]));
    let done = folder.join("done");
    if !done.is_file() {
        let _ = std::fs::remove_dir_all(&folder);
        must(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "--requirement",
        ]);
        must(pip.arg(&lock));
        std::fs::write(done, "").unwrap();
    }
    folder
}

fn must(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}; tests/run installs what is needed"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A server that is killed when the value goes.
pub(crate) struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Azurite's server of blobs, with a folder to keep them in.
    pub(crate) fn azurite(folder: &Path) -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deploy/node_modules/.bin/azurite-blob");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(&program);
        command.args([
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
        ]);
        command.arg(port.to_string()).arg("--location").arg(folder);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let child =
            child.unwrap_or_else(|error| panic!("{}: {error}; npm ci --prefix tests/deploy", program.display()));
        let mut server = Self { child, port };
        server.wait();
        server
    }

    fn wait(&mut self) {
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Some(status) = self.child.try_wait().unwrap() {
                let mut words = String::new();
                self.child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
                panic!("the server ended ({status}): {words}");
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
