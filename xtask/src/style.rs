//! The style sheets of a built page, put together: one is loaded sooner than thirty.
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::process::Outcome;

/// Puts all sheets that the page in `folder` links into one, in their order, and links that one in their place.
pub fn join(folder: &Path) -> Outcome {
    let page = folder.join("index.html");
    let text = read(&page)?;
    let (links, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| sheet_of(line).is_some());
    let mut joined = String::new();
    for name in links.iter().filter_map(|line| sheet_of(line)) {
        let sheet = folder.join(name);
        joined.push_str(&read(&sheet)?);
        fs::remove_file(&sheet).map_err(|trouble| format!("cannot remove {}: {trouble}", sheet.display()))?;
    }
    let name = format!("lab-{:016x}.css", hash_of(&joined));
    write(&folder.join(&name), &joined)?;
    let link = format!("    <link rel=\"stylesheet\" href=\"./{name}\">");
    write(&page, &rest.join("\n").replacen("</head>", &format!("{link}\n  </head>"), 1))
}

/// The file of the sheet that a line links.
fn sheet_of(line: &str) -> Option<&str> {
    let line = line.trim();
    let is_sheet = line.starts_with("<link ") && line.contains("rel=\"stylesheet\"");
    let file = line.split_once("href=\"./")?.1.split_once('"')?.0;
    is_sheet.then_some(file)
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|trouble| format!("cannot read {}: {trouble}", file.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|trouble| format!("cannot write {}: {trouble}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    #[test]
    fn the_sheets_are_joined_in_their_order_and_the_page_links_one() {
        let folder = workspace::target_folder().join("tmp/style-test");
        fs::create_dir_all(&folder).unwrap();
        write(&folder.join("b-1.css"), "b{}").unwrap();
        write(&folder.join("a-2.css"), "a{}").unwrap();
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"./b-1.css\" integrity=\"sha\"/>\n  <link rel=\"icon\" href=\"./i.svg\">\n  \
                    <link rel=\"stylesheet\" href=\"./a-2.css\"/>\n  </head>\n<body>";
        write(&folder.join("index.html"), page).unwrap();
        join(&folder).unwrap();
        let made = read(&folder.join("index.html")).unwrap();
        let file = sheet_of(made.lines().find(|line| sheet_of(line).is_some()).unwrap()).unwrap();
        assert_eq!(read(&folder.join(file)).unwrap(), "b{}a{}");
        assert_eq!(made.matches("stylesheet").count(), 1);
        assert!(made.contains("i.svg") && !folder.join("b-1.css").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
