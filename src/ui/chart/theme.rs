//! The colours and sizes of charts. A canvas cannot read CSS variables, so the tokens are read once per change of theme.
use leptos::prelude::*;
use plotters::style::RGBColor;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, HtmlElement};

use crate::projection::chart::Tone;
use crate::ui::browser::frame::{Flow, FrameLoop};
use crate::ui::browser::{self, media};
use crate::ui::preferences::Preferences;

/// What charts look like, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartTheme {
    /// The colours of the six tones, in the order of [`TOKENS`].
    tones: [RGBColor; 6],
    /// Lines of the grid.
    pub grid: RGBColor,
    /// Words beside the axes.
    pub dim: RGBColor,
    /// Words at the lines.
    pub ink: RGBColor,
    /// The family of all words, as CSS writes it.
    pub family: String,
    /// The height of all words.
    pub text_size: f64,
}

/// The tokens of the tones.
const TOKENS: [(Tone, &str); 6] = [
    (Tone::Primary, "--chart-primary"),
    (Tone::Accent, "--chart-accent"),
    (Tone::Good, "--chart-good"),
    (Tone::Warning, "--chart-warning"),
    (Tone::Bad, "--chart-bad"),
    (Tone::Muted, "--chart-muted"),
];

/// The token of a tone, for legends made of HTML.
pub fn token(tone: Tone) -> &'static str {
    TOKENS.iter().find(|(other, _)| *other == tone).map_or("--chart-muted", |(_, token)| token)
}

impl ChartTheme {
    /// The colour of a tone.
    pub fn tone(&self, tone: Tone) -> RGBColor {
        let index = TOKENS.iter().position(|(other, _)| *other == tone);
        index.and_then(|index| self.tones.get(index)).copied().unwrap_or(self.ink)
    }
}

/// Puts the theme into context; it follows the learner's choice and the system's.
pub fn provide_theme() {
    let theme = RwSignal::new(read());
    // The new tokens hold once the attribute is written and the styles are known: with the next picture.
    let reread = StoredValue::new_local(FrameLoop::new(move |_| {
        let _ = theme.try_set(read());
        Flow::Sleep
    }));
    let chosen = Preferences::get().theme;
    let system = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map(media::matches);
    Effect::new(move |_| {
        chosen.track();
        system.iter().for_each(Track::track);
        reread.with_value(FrameLoop::wake);
    });
    let current: Signal<Option<ChartTheme>> = Memo::new(move |_| theme.get()).into();
    provide_context(current);
}

/// The theme in context.
pub fn theme() -> Signal<Option<ChartTheme>> {
    expect_context()
}

/// Reads the tokens through an element, so that the browser resolves them.
fn read() -> Option<ChartTheme> {
    let document = browser::document();
    let probe: HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
    probe.set_class_name("chart-probe");
    document.body()?.append_child(&probe).ok()?;
    let theme = read_with(&probe);
    probe.remove();
    theme
}

fn read_with(probe: &HtmlElement) -> Option<ChartTheme> {
    let computed = browser::window().get_computed_style(probe).ok()??;
    let color = |token: &str| color_of(probe, &computed, token);
    let mut tones = [RGBColor(0, 0, 0); 6];
    for (tone, (_, token)) in tones.iter_mut().zip(TOKENS) {
        *tone = color(token)?;
    }
    let text_size = computed.get_property_value("font-size").ok()?.trim_end_matches("px").parse().ok()?;
    let family = computed.get_property_value("font-family").ok()?;
    Some(ChartTheme { tones, grid: color("--line")?, dim: color("--dim")?, ink: color("--ink")?, family, text_size })
}

fn color_of(probe: &HtmlElement, computed: &CssStyleDeclaration, token: &str) -> Option<RGBColor> {
    probe.style().set_property("color", &format!("var({token})")).ok()?;
    parse_rgb(&computed.get_property_value("color").ok()?)
}

/// `rgb(11, 107, 203)` as browsers write computed colours.
fn parse_rgb(text: &str) -> Option<RGBColor> {
    let inner = text.split_once('(')?.1.trim_end_matches(')');
    let mut parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(|part| part.parse::<f64>().ok());
    let mut channel = || parts.next()?.map(|value| value.round().clamp(0.0, 255.0) as u8);
    Some(RGBColor(channel()?, channel()?, channel()?))
}
