//! The AWS tools' own files, `~/.aws/credentials` and `~/.aws/config`: keys and regions by profile.
//!
//! Read are keys that stand there as they are, and the region. What the tools fetch elsewhere (sign-in by browser, roles)
//! reaches us by the environment: `eval "$(aws configure export-credentials --format env)"`.

/// What a profile says.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// `aws_access_key_id`.
    pub key_id: Option<String>,
    /// `aws_secret_access_key`.
    pub secret: Option<String>,
    /// `aws_session_token`.
    pub token: Option<String>,
    /// `region`.
    pub region: Option<String>,
}

impl Profile {
    /// Adds what a file says of the profile of this name. Files come in the order of their weight: what is known stays.
    pub fn read(&mut self, text: &str, name: &str) {
        let mut ours = false;
        for line in text.lines().map(str::trim) {
            if let Some(section) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
                let section = section.trim();
                ours = section.strip_prefix("profile ").unwrap_or(section).trim() == name;
            } else if let Some((key, value)) = line.split_once('=').filter(|_| ours && !line.starts_with(['#', ';'])) {
                self.set(key.trim(), value.trim());
            }
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        let slot = match key {
            "aws_access_key_id" => &mut self.key_id,
            "aws_secret_access_key" => &mut self.secret,
            "aws_session_token" => &mut self.token,
            "region" => &mut self.region,
            _ => return,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_profile_of_two_files() {
        let credentials =
            "[default]\naws_access_key_id = A\naws_secret_access_key=B=\n\n[other]\naws_access_key_id = C\n";
        let config =
            "# mine\n[default]\nregion = eu-west-3\noutput = json\n[profile other]\nregion=us-east-1\n# region = x\n";
        let check = |name: &str, expect: [Option<&str>; 4]| {
            let mut profile = Profile::default();
            profile.read(credentials, name);
            profile.read(config, name);
            let Profile { key_id, secret, token, region } = profile;
            assert_eq!([key_id, secret, token, region].each_ref().map(Option::as_deref), expect, "{name}");
        };
        check("default", [Some("A"), Some("B="), None, Some("eu-west-3")]);
        check("other", [Some("C"), None, None, Some("us-east-1")]);
        check("none", [None; 4]);
    }
}
