//! Boot: what a server's operating system says on its console, and the script of the first boot.
use super::Instance;
use super::disk::Disk;
use super::image::Platform;
use crate::api::ApiError;

/// The most bytes of a script, before it is encoded.
const MOST_BYTES: usize = 16 * 1024;

/// Refuses a script that is too long.
pub(super) fn check_size(script: &str) -> Result<(), ApiError> {
    if script.len() > MOST_BYTES {
        return Err(ApiError::new("InvalidParameterValue", "User data is limited to 16384 bytes"));
    }
    Ok(())
}

/// The plain script that a template holds in base64.
pub(super) fn decoded(text: &str) -> Result<String, ApiError> {
    let malformed = || ApiError::new("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
    let script = super::base64::decode(text).ok_or_else(malformed)?;
    check_size(&script)?;
    Ok(script)
}

/// Boots: writes the console, and runs the script if this is the first time.
pub(super) fn boot(instance: &mut Instance) {
    let system = instance.disk.read("/etc/os-release").unwrap_or_default().trim().to_owned();
    instance.console += &format!("[    0.000000] Booting {system}\n");
    let script = instance.user_data.clone().filter(|_| !instance.has_booted_before);
    instance.has_booted_before = true;
    instance.disk.boot(instance.platform);
    if let Some(script) = script {
        let said = match instance.platform {
            Platform::Linux if !script.starts_with("#!") => {
                "cloud-init: Unhandled non-multipart (text/x-not-multipart) userdata\n".to_owned()
            }
            Platform::Linux | Platform::Windows => run(&mut instance.disk, &script),
        };
        instance.console += &said;
    }
    instance.console += "[   12.000000] Startup finished\n";
}

/// Runs a first-boot script, line by line, and says what it did.
///
/// Simplified: the lab understands the installation of a web server (a line with `install` and `httpd`, `nginx` or `apache2`, or
/// `Install-WindowsFeature` and `Web-Server`), which starts it too and at once; `echo TEXT > FILE` and `>>`; and `cat <<END > FILE` up to
/// the line `END`. It passes over all else and says so on the console.
fn run(disk: &mut Disk, script: &str) -> String {
    let mut said = String::new();
    let mut lines = script.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with('<') {
            continue;
        }
        if let Some((end, target)) = heredoc(line) {
            let body: String = lines.by_ref().take_while(|line| *line != end).map(|line| format!("{line}\n")).collect();
            said += &write(disk, &target, &body);
        } else if installs_web_server(line) {
            disk.install_web_server();
            said += "user-data: a web server is installed and starts with the system\n";
        } else if let Some((text, target)) = echo(line) {
            said += &write(disk, &target, &format!("{text}\n"));
        } else {
            said += &format!("user-data: passed over: {line}\n");
        }
    }
    said
}

/// A file to write, over what was there or after it.
struct Target {
    path: String,
    appends: bool,
}

fn write(disk: &mut Disk, target: &Target, text: &str) -> String {
    let before = disk.read(&target.path).filter(|_| target.appends).unwrap_or_default();
    let content = format!("{before}{text}");
    disk.write(&target.path, &content);
    format!("user-data: wrote {}\n", target.path)
}

fn installs_web_server(line: &str) -> bool {
    let linux = line.contains("install") && ["httpd", "nginx", "apache2"].iter().any(|server| line.contains(server));
    linux || (line.contains("Install-WindowsFeature") && line.contains("Web-Server"))
}

/// The text and the file of `echo TEXT > FILE`.
fn echo(line: &str) -> Option<(&str, Target)> {
    let rest = line.strip_prefix("sudo ").unwrap_or(line).strip_prefix("echo ")?;
    let (text, path) = rest.rsplit_once('>')?;
    let target = Target { path: unquoted(path).to_owned(), appends: text.ends_with('>') };
    (!target.path.is_empty()).then_some((unquoted(text.trim_end_matches('>')), target))
}

/// The end and the file of `cat <<END > FILE` or `cat > FILE <<END`.
fn heredoc(line: &str) -> Option<(&str, Target)> {
    let rest = line.strip_prefix("sudo ").unwrap_or(line).strip_prefix("cat ")?;
    let (before, after) = rest.split_once("<<")?;
    let (end, behind) = after.trim_start_matches('-').split_once(' ').unwrap_or((after, ""));
    let redirect = [before, behind].into_iter().find(|part| part.contains('>'))?;
    let path = unquoted(redirect.trim().trim_start_matches('>'));
    Some((unquoted(end), Target { path: path.to_owned(), appends: redirect.contains(">>") }))
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::super::disk::INDEX_PAGE;
    use super::*;

    fn after(script: &str) -> (Disk, String) {
        let mut disk = Disk::with_system("Amazon Linux 2023");
        let said = run(&mut disk, script);
        (disk, said)
    }

    #[test]
    fn user_data_installs_a_web_server_and_writes_its_page() {
        let (disk, said) = after(
            "#!/bin/bash\ndnf install -y httpd\nsystemctl start httpd\necho \"<h1>Hello</h1>\" > /var/www/html/index.html\n",
        );
        assert!(disk.has_web_server());
        assert_eq!(disk.read(INDEX_PAGE), Some("<h1>Hello</h1>\n"));
        assert!(said.contains("passed over: systemctl start httpd"), "{said}");
    }

    #[test]
    fn user_data_appends_and_writes_whole_texts() {
        let (disk, _) = after(
            "#!/bin/bash\ncat <<'END' > /etc/app.conf\nport = 80\n  deep = 1\nEND\necho 'more' >> /etc/app.conf\n",
        );
        assert_eq!(disk.read("/etc/app.conf"), Some("port = 80\n  deep = 1\nmore\n"));
        let (disk, _) = after("#!/bin/bash\ncat > /a <<END\nx\n");
        assert_eq!(disk.read("/a"), Some("x\n"));
    }
}
