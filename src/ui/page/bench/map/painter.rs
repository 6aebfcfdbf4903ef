//! Finds out where the boxes are, lays the lines, and paints the requests: once per picture at most, and only while the map can be seen.
use std::cell::{Cell, RefCell};
use std::f64::consts::TAU;
use std::fmt::Write;
use std::rc::{Rc, Weak};

use leptos::html;
use leptos::prelude::*;
use plotters::style::RGBColor;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement};

use super::wires::Traffic;
use crate::projection::chart::Tone;
use crate::projection::topology::Link;
use crate::projection::topology::street::{Edges, Ground, Point};
use crate::projection::topology::walkers::{Look, Walkers};
use crate::ui::browser::device_pixel_ratio;
use crate::ui::browser::frame::{Flow, FrameLoop};
use crate::ui::chart::surface::Surface;
use crate::ui::chart::theme;
use crate::ui::chart::theme::ChartTheme;
use crate::ui::lab::Lab;

/// A line on the map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Its points, as SVG writes a path.
    pub(super) points: String,
    /// Its width in CSS pixels.
    pub(super) width: String,
    /// Whether anything goes along.
    pub(super) has_flow: bool,
}

/// The widest line in CSS pixels.
const WIDEST: f64 = 8.0;

/// Paints one map.
pub(super) struct Painter(Rc<Inner>);

struct Inner {
    lab: Lab,
    place: HtmlElement,
    canvas: NodeRef<html::Canvas>,
    traffic: Traffic,
    lines: RwSignal<Vec<Line>>,
    theme: Signal<Option<ChartTheme>>,
    surface: RefCell<Option<Surface>>,
    ground: RefCell<Ground>,
    /// The width and the height of the map with its margins, in CSS pixels.
    extent: Cell<(f64, f64)>,
    walkers: RefCell<Walkers>,
    is_moved: Cell<bool>,
    frames: FrameLoop,
}

impl Painter {
    pub(super) fn new(
        place: HtmlElement,
        canvas: NodeRef<html::Canvas>,
        (traffic, lines): (Traffic, RwSignal<Vec<Line>>),
    ) -> Option<Self> {
        let (lab, theme) = (Lab::get(), theme::theme());
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| Inner {
            lab,
            place,
            canvas,
            traffic,
            lines,
            theme,
            surface: RefCell::new(None),
            ground: RefCell::default(),
            extent: Cell::default(),
            walkers: RefCell::default(),
            is_moved: Cell::new(true),
            frames: FrameLoop::new({
                let inner = inner.clone();
                move |_| {
                    inner.upgrade().iter().for_each(|inner| inner.picture());
                    Flow::Sleep
                }
            }),
        });
        let weak = Rc::downgrade(&inner);
        let on_change = Rc::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.is_moved.set(true);
                inner.frames.wake();
            }
        });
        inner.surface.replace(Surface::watch(&inner.place, on_change));
        Some(Painter(inner))
    }

    /// Paints with the next picture.
    pub(super) fn wake(&self) {
        self.0.frames.wake();
    }

    /// Measures anew with the next picture.
    pub(super) fn measure_soon(&self) {
        self.0.is_moved.set(true);
        self.0.frames.wake();
    }
}

impl Inner {
    fn picture(&self) {
        if !self.surface.borrow().as_ref().is_some_and(Surface::is_visible) {
            return;
        }
        if self.is_moved.replace(false) {
            self.lay_lines();
        }
        if let Some(canvas) = self.canvas.try_get_untracked().flatten() {
            self.paint(&canvas);
        } else {
            self.walkers.take();
        }
    }

    fn lay_lines(&self) {
        let (extent, ground) = measure(&self.place);
        self.extent.set(extent);
        let is_slow = self.traffic.is_slow.try_get_untracked().unwrap_or(true);
        let links = self.traffic.map.try_with_untracked(|map| map.links()).unwrap_or_default();
        let most = links.iter().map(|link| link.requests_per_second).fold(1.0, f64::max);
        let line = |link: &Link| {
            let street = ground.street(&[link.from.clone(), link.to.clone()])?;
            let share = if is_slow { 0.0 } else { link.requests_per_second / most };
            Some(Line {
                points: path(&street),
                width: format!("{:.1}", 1.5 + (WIDEST - 1.5) * share),
                has_flow: link.requests_per_second > 0.0,
            })
        };
        let lines: Vec<Line> = links.iter().filter_map(line).collect();
        if self.lines.try_with_untracked(|known| *known != lines).unwrap_or(false) {
            self.lines.set(lines);
        }
        if *self.ground.borrow() != ground {
            self.walkers.borrow_mut().move_to(&ground);
            self.ground.replace(ground);
        }
    }

    fn paint(&self, canvas: &HtmlCanvasElement) {
        let now = self.lab.now().get_untracked();
        let one_of = self.traffic.one_of.try_get_untracked().unwrap_or(1);
        let mut walkers = self.walkers.borrow_mut();
        // A journey to another moment ends at a session that nobody watches yet.
        self.lab.watch_requests(true);
        self.traffic.map.try_with_untracked(|map| {
            self.lab.look(|session, _| {
                walkers.go_on(now, (map, &self.ground.borrow()), (session.traffic().watched(), one_of));
            });
        });
        let dots: Vec<(Point, Look)> = walkers.dots(now).collect();
        let Some((theme, pen)) = self.theme.try_get_untracked().flatten().zip(pen(canvas, self.extent.get())) else {
            return;
        };
        pen.clear_rect(0.0, 0.0, self.extent.get().0, self.extent.get().1);
        for (look, tone) in [(Look::Sent, Tone::Primary), (Look::Good, Tone::Good), (Look::Bad, Tone::Bad)] {
            draw(&pen, theme.tone(tone), (look, &dots));
        }
        // What tests read, for a canvas says nothing.
        let count = dots.len().to_string();
        if canvas.get_attribute("data-dots").as_ref() != Some(&count) {
            let _ = canvas.set_attribute("data-dots", &count);
        }
    }
}

/// A pen for CSS pixels. Setting the size of a canvas wipes it and costs time: only when it changed.
fn pen(canvas: &HtmlCanvasElement, (width, height): (f64, f64)) -> Option<CanvasRenderingContext2d> {
    let ratio = device_pixel_ratio();
    let size = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    if (canvas.width(), canvas.height()) != size {
        canvas.set_width(size.0);
        canvas.set_height(size.1);
    }
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    Some(pen)
}

/// A ring on its way, a disc for a good answer, a diamond for a failure.
fn draw(pen: &CanvasRenderingContext2d, color: RGBColor, (look, dots): (Look, &[(Point, Look)])) {
    let color = format!("rgb({},{},{})", color.0, color.1, color.2);
    pen.set_fill_style_str(&color);
    pen.set_stroke_style_str(&color);
    pen.set_line_width(2.0);
    pen.begin_path();
    for ((x, y), _) in dots.iter().filter(|(_, other)| *other == look) {
        match look {
            Look::Sent | Look::Good => {
                let radius = if look == Look::Sent { 3.0 } else { 4.0 };
                pen.move_to(x + radius, *y);
                let _ = pen.arc(*x, *y, radius, 0.0, TAU);
            }
            Look::Bad => {
                pen.move_to(*x, y - 5.5);
                pen.line_to(x + 5.5, *y);
                pen.line_to(*x, y + 5.5);
                pen.line_to(x - 5.5, *y);
                pen.close_path();
            }
        }
    }
    match look {
        Look::Sent => pen.stroke(),
        Look::Good | Look::Bad => pen.fill(),
    }
}

fn path(street: &[Point]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in street.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { 'M' } else { 'L' });
    }
    path
}

/// How large the map is, and where the columns and the boxes are, from its upper left corner.
fn measure(place: &HtmlElement) -> ((f64, f64), Ground) {
    let origin = place.get_bounding_client_rect();
    let edges = |element: &Element| {
        let found = element.get_bounding_client_rect();
        let (left, top) = (found.left() - origin.left(), found.top() - origin.top());
        Edges { left, top, right: left + found.width(), bottom: top + found.height() }
    };
    let columns = all(place, ".map-column").iter().map(edges).collect();
    let key = |element: &Element| element.get_attribute("data-node").unwrap_or_default();
    let mut spots: Vec<(String, Edges)> =
        all(place, "[data-node]").iter().map(|element| (key(element), edges(element))).collect();
    spots.sort_by(|one, other| one.0.cmp(&other.0));
    ((origin.width(), origin.height()), Ground { columns, spots })
}

fn all(place: &HtmlElement, css: &str) -> Vec<Element> {
    let Ok(found) = place.query_selector_all(css) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}
