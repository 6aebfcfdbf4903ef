//! How much a visitor loads until the page can be used: all of it, compressed as a good host does.
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The most that the page may be, in bytes after brotli at its best. The aim is 350 kB, and the
/// page is above it; this only keeps it from growing unseen. Lower it as the page gets smaller.
const BUDGET: usize = 1_150_000;

#[test]
fn the_size_of_the_page_is_within_its_budget() {
    let folder = crate::harness::folder_of_the_page();
    let mut files: Vec<(usize, usize, String)> = files_of(&folder).iter().map(|file| measured(file)).collect();
    files.sort();
    for (packed, plain, name) in &files {
        println!("{plain:>9} {packed:>8}  {name}");
    }
    let total: usize = files.iter().map(|(packed, ..)| packed).sum();
    println!(
        "{:>9} {total:>8}  in all (plain and brotli 11, bytes); the budget is {BUDGET}",
        files.iter().map(|file| file.1).sum::<usize>()
    );
    assert!(total <= BUDGET, "the page is {total} bytes after brotli; {BUDGET} are allowed");
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the built page").flatten().map(|entry| entry.path());
    entries.filter(|path| path.is_file()).collect()
}

fn measured(file: &Path) -> (usize, usize, String) {
    let plain = fs::read(file).expect("a file of the page");
    let mut packed = Vec::new();
    // Quality 11 of 11, the window of four megabytes that browsers take.
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22);
    writer.write_all(&plain).expect("a vector takes all");
    drop(writer);
    (packed.len(), plain.len(), file.file_name().unwrap_or_default().to_string_lossy().into_owned())
}
