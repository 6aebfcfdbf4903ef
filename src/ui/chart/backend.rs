//! The one place that knows plotters-canvas: its backend, mended in two ways.
//!
//! Text is measured by the canvas, with a cache (plotters adds an element to the page and forces a layout for each text), and
//! upright and level lines lie on whole pixels.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

type CanvasError = <CanvasBackend as DrawingBackend>::ErrorType;
type Drawn = Result<(), DrawingErrorKind<CanvasError>>;

/// Widths that were measured before, by font and text. Shared by all drawings of a chart.
#[derive(Clone, Default)]
pub struct TextWidths(Rc<RefCell<BTreeMap<String, u32>>>);

/// The cache is emptied beyond this many texts: clock times go by and do not come back.
const MOST_TEXTS: usize = 1_000;

/// Draws on a canvas in device pixels.
pub struct PlotBackend {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    widths: TextWidths,
}

impl PlotBackend {
    /// A backend for `canvas`, wiped clean; `None` if the browser gives no drawing context.
    pub fn new(canvas: HtmlCanvasElement, widths: TextWidths) -> Option<Self> {
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        context.set_line_join("round");
        Some(PlotBackend { canvas: CanvasBackend::with_canvas_object(canvas)?, context, widths })
    }
}

impl TextWidths {
    fn width(&self, context: &CanvasRenderingContext2d, font: &str, text: &str) -> u32 {
        let key = format!("{font}|{text}");
        if let Some(width) = self.0.borrow().get(&key) {
            return *width;
        }
        context.set_font(font);
        let width = context.measure_text(text).map_or(0.0, |metrics| metrics.width()).ceil() as u32;
        let mut cache = self.0.borrow_mut();
        if cache.len() >= MOST_TEXTS {
            cache.clear();
        }
        cache.insert(key, width);
        width
    }
}

impl DrawingBackend for PlotBackend {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.canvas.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.canvas.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        // The canvas moves such lines by half a pixel: right for odd widths only.
        let is_odd = style.stroke_width() % 2 == 1;
        if is_odd { self.canvas.draw_line(from, to, style) } else { self.canvas.draw_path([from, to], style) }
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        self.canvas.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        match points.as_slice() {
            [from, to] if from.0 == to.0 || from.1 == to.1 => self.draw_line(*from, *to, style),
            _ => self.canvas.draw_path(points, style),
        }
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.canvas.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.canvas.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.canvas.draw_text(text, style, at)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        let font = format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str());
        Ok((self.widths.width(&self.context, &font, text), style.size().ceil() as u32))
    }
}
