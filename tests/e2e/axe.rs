//! axe-core, the checker of accessibility, on the page as it is shown.
use std::env;
use std::fs;

use serde_json::Value;

use crate::harness::Browser;

/// Which rules are looked at: WCAG 2.2 up to AA, targets of 24 pixels, and what axe-core calls best practices. The bars stand still
/// meanwhile: what they cover comes out when one scrolls, but axe-core counts it as a target cut in two.
const LOOK: &str = "const bars = [...document.querySelectorAll('.top-bar, .time-bar')]; \
    for (const bar of bars) bar.style.position = 'static'; \
    return axe.run(document, { resultTypes: ['violations'], \
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], \
        rules: { 'target-size': { enabled: true } } }) \
    .finally(() => { for (const bar of bars) bar.style.position = ''; }) \
    .then((told) => told.violations.flatMap((rule) => rule.nodes.map((node) => \
        `${rule.id}: ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message}`)))";

/// Fails if axe-core finds fault with the page; `shown` says what is shown. Without `LAB_AXE`, the path of its script, nothing is looked at:
/// `cargo lab test` sets it and says so where it cannot.
pub fn assert_clean(page: &Browser, shown: &str) {
    let Some(path) = env::var_os("LAB_AXE") else { return };
    if page.execute("return typeof window.axe", &[]) != "object" {
        let script = fs::read_to_string(&path).unwrap_or_else(|trouble| panic!("LAB_AXE: {trouble}"));
        page.execute(&script, &[]);
    }
    let findings = page.execute(LOOK, &[]);
    let findings: Vec<&str> = findings.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(findings.is_empty(), "{shown}:\n{}", findings.join("\n"));
}
