//! The theme in device pixels: every size and every stroke of a drawing comes from here.
use plotters::prelude::*;
use plotters::style::text_anchor::Pos;

use super::theme::ChartTheme;
use crate::projection::chart::{Dash, Tone};

/// Strokes and words for one device pixel ratio.
pub struct Pen<'a> {
    theme: &'a ChartTheme,
    ratio: f64,
}

/// CSS pixels of a line of data.
const LINE_WIDTH: f64 = 2.0;

impl<'a> Pen<'a> {
    /// The pen for a screen with `ratio` device pixels for each CSS pixel.
    pub fn new(theme: &'a ChartTheme, ratio: f64) -> Self {
        Pen { theme, ratio }
    }

    /// A length in device pixels.
    pub fn length(&self, css_pixels: f64) -> i32 {
        (css_pixels * self.ratio).round() as i32
    }

    /// The height of words in device pixels.
    pub fn text_height(&self) -> i32 {
        self.length(self.theme.text_size)
    }

    /// Words beside the axes.
    pub fn dim_text(&self) -> TextStyle<'a> {
        self.text(self.theme.dim)
    }

    /// Words at the lines.
    pub fn ink_text(&self, anchor: Pos) -> TextStyle<'a> {
        self.text(self.theme.ink).pos(anchor)
    }

    /// The grid and the axes.
    pub fn grid(&self) -> ShapeStyle {
        self.stroke(self.theme.grid, 1.0)
    }

    /// A line of data.
    pub fn line(&self, tone: Tone) -> ShapeStyle {
        self.stroke(self.theme.tone(tone), LINE_WIDTH)
    }

    /// A threshold or a marker.
    pub fn thin(&self, tone: Tone) -> ShapeStyle {
        self.stroke(self.theme.tone(tone), 1.0)
    }

    /// The lengths of dash and gap; `None` for a solid line.
    pub fn dashes(&self, dash: Dash) -> Option<(i32, i32)> {
        let scaled = |(on, off)| (self.length(on).max(1), self.length(off).max(1));
        match dash {
            Dash::Solid => None,
            Dash::Long => Some(scaled((10.0, 5.0))),
            Dash::Short => Some(scaled((5.0, 4.0))),
            Dash::Dotted => Some(scaled((2.0, 3.0))),
        }
    }

    fn text(&self, color: RGBColor) -> TextStyle<'a> {
        let font =
            FontDesc::new(FontFamily::Name(&self.theme.family), self.theme.text_size * self.ratio, FontStyle::Normal);
        TextStyle { color: color.to_backend_color(), ..TextStyle::from(font) }
    }

    fn stroke(&self, color: RGBColor, css_pixels: f64) -> ShapeStyle {
        let width = u32::try_from(self.length(css_pixels).max(1)).unwrap_or(1);
        ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: width }
    }
}
