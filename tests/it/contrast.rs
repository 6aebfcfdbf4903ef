//! The colours of `style/tokens.css` can be told apart: what axe-core cannot see, because charts are painted, is computed here.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A colour of the light and of the dark theme, as red, green and blue from 0 to 255.
type Pair = [[u8; 3]; 2];

fn tokens() -> BTreeMap<String, Pair> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css")).expect("the tokens");
    text.lines().filter_map(token).collect()
}

/// The token in a line like `--ink: light-dark(#16202e, #e6edf6);`.
fn token(line: &str) -> Option<(String, Pair)> {
    let (name, rest) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
    let (light, dark) = rest.trim_end_matches(");").split_once(", ")?;
    Some((name.to_owned(), [colour(light)?, colour(dark)?]))
}

/// A colour like `#16202e`; none for one that can be seen through.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let share = f64::from(part) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn assert_contrast(colour: &str, ground: &str, least: f64) {
    let tokens = tokens();
    for (theme, name) in ["light", "dark"].iter().enumerate() {
        let told = contrast(tokens[colour][theme], tokens[ground][theme]);
        assert!(told >= least, "{colour} on {ground} has {told:.2}:1 in the {name} theme, and needs {least}:1");
    }
}

/// WCAG 2.2, "1.4.3 Contrast (Minimum)"
#[test]
fn words_stand_out_from_every_ground_that_they_are_written_on() {
    for colour in ["ink", "dim", "accent", "good", "busy", "idle", "warning", "bad"] {
        for ground in ["panel", "ground", "raised"] {
            assert_contrast(colour, ground, 4.5);
        }
    }
    for state in ["good", "busy", "idle", "warning", "bad"] {
        assert_contrast(state, &format!("{state}-ground"), 4.5);
    }
    assert_contrast("accent-ink", "accent", 4.5);
    assert_contrast("accent-ink", "accent-strong", 4.5);
}

/// WCAG 2.2, "1.4.11 Non-text Contrast"
#[test]
fn strokes_of_charts_and_edges_of_controls_stand_out_from_their_ground() {
    let strokes: Vec<String> = tokens().into_keys().filter(|name| name.starts_with("chart-")).collect();
    assert!(strokes.len() >= 6, "{strokes:?}");
    for stroke in strokes.iter().map(String::as_str).chain(["edge"]) {
        assert_contrast(stroke, "panel", 3.0);
    }
}
