//! Draws a plan with plotters. It decides nothing: what is drawn is in the plan, how it looks is in the pen.
use plotters::chart::ChartContext;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axis::TickedAxis;
use super::backend::PlotBackend;
use super::pen::Pen;
use crate::projection::chart::{ChartPlan, Dash, Glyph, Marker, PlannedLine, spread};

type Area = DrawingArea<PlotBackend, Shift>;
type Plot<'a> = ChartContext<'a, PlotBackend, Cartesian2d<TickedAxis, TickedAxis>>;
type Failure = DrawingAreaErrorKind<<PlotBackend as DrawingBackend>::ErrorType>;

/// Where the data lies on the canvas, in device pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotBox {
    /// The left edge.
    pub left: i32,
    /// The upper edge.
    pub top: i32,
    /// The right edge.
    pub right: i32,
    /// The lower edge.
    pub bottom: i32,
}

/// Names at the ends of the lines take at most this part of the width; beyond that the legend alone tells them.
const MOST_FOR_NAMES: f64 = 0.3;

/// Draws `plan` and says where the data lies.
///
/// # Errors
/// When the canvas refuses; the picture is then incomplete.
pub fn draw(backend: PlotBackend, plan: &ChartPlan, pen: &Pen) -> Result<PlotBox, Failure> {
    let area = backend.into_drawing_area();
    let names_width = names_width(&area, plan, pen);
    let mut plot = frame(&area, plan, pen, names_width)?;
    draw_grid(&mut plot, pen)?;
    draw_thresholds(&mut plot, plan, pen)?;
    draw_markers(&mut plot, plan, pen)?;
    for line in plan.lines.iter().rev() {
        draw_line(&mut plot, line, pen)?;
    }
    for marker in &plan.markers {
        draw_glyph(&area, &plot, (marker, plan.axis.low), pen)?;
    }
    if names_width.is_some() {
        draw_names(&area, &plot, plan, pen)?;
    }
    area.present()?;
    Ok(plot_box(&plot))
}

/// The axes, in the order of the canvas: label areas around, the data in the middle.
fn frame<'a>(area: &'a Area, plan: &ChartPlan, pen: &Pen, names_width: Option<i32>) -> Result<Plot<'a>, Failure> {
    let (from, to) = (plan.window.from.as_secs_f64(), plan.window.to.as_secs_f64());
    let times = plan.time_ticks.iter().map(|tick| (tick.at.as_secs_f64(), tick.label.clone())).collect();
    let values = plan.axis.ticks.iter().map(|tick| (tick.value, tick.label.clone())).collect();
    let labels = plan.axis.ticks.iter().map(|tick| tick.label.as_str());
    let left = widest(area, labels, &pen.dim_text()) + pen.length(8.0);
    ChartBuilder::on(area)
        .margin_top(pen.length(8.0))
        .margin_right(names_width.unwrap_or_else(|| pen.length(18.0)))
        .set_label_area_size(LabelAreaPosition::Left, left)
        .set_label_area_size(LabelAreaPosition::Bottom, pen.text_height() + pen.length(9.0))
        .build_cartesian_2d(
            TickedAxis::new(from..to.max(from + 1.0), times),
            TickedAxis::new(plan.axis.low..plan.axis.high, values),
        )
}

fn draw_grid(plot: &mut Plot, pen: &Pen) -> Result<(), Failure> {
    plot.configure_mesh()
        .disable_x_mesh()
        .bold_line_style(pen.grid())
        .light_line_style(TRANSPARENT)
        .axis_style(pen.grid())
        .set_all_tick_mark_size(pen.length(3.0))
        .x_label_style(pen.dim_text())
        .y_label_style(pen.dim_text())
        .draw()
}

fn draw_thresholds(plot: &mut Plot, plan: &ChartPlan, pen: &Pen) -> Result<(), Failure> {
    let (from, to) = (plan.window.from.as_secs_f64(), plan.window.to.as_secs_f64());
    for threshold in &plan.thresholds {
        let ends = [(from, threshold.value), (to, threshold.value)];
        draw_dashed(plot, &ends, Dash::Short, pen.thin(threshold.tone), pen)?;
        let (x, y) = plot.backend_coord(&ends[0]);
        let style = pen.ink_text(Pos::new(HPos::Left, VPos::Bottom));
        write(plot, &threshold.label, &style, (x + pen.length(4.0), y - pen.length(2.0)))?;
    }
    Ok(())
}

fn draw_markers(plot: &mut Plot, plan: &ChartPlan, pen: &Pen) -> Result<(), Failure> {
    let mut free_from = i32::MIN;
    for marker in &plan.markers {
        // What has no word is its shape on the axis alone.
        if marker.label.is_empty() {
            continue;
        }
        let at = marker.at.as_secs_f64();
        let ends = [(at, plan.axis.low), (at, plan.axis.high)];
        draw_dashed(plot, &ends, Dash::Dotted, pen.thin(marker.tone), pen)?;
        let (x, y) = plot.backend_coord(&ends[1]);
        let style = pen.ink_text(Pos::new(HPos::Left, VPos::Top));
        if x >= free_from {
            write(plot, &marker.label, &style, (x + pen.length(3.0), y))?;
            let width = plot.plotting_area().estimate_text_size(&marker.label, &style)?.0;
            free_from = x + i32::try_from(width).unwrap_or(0) + pen.length(8.0);
        }
    }
    Ok(())
}

/// The shape of a marker, standing on the axis.
fn draw_glyph(area: &Area, plot: &Plot, (marker, low): (&Marker, f64), pen: &Pen) -> Result<(), Failure> {
    let (x, foot) = plot.backend_coord(&(marker.at.as_secs_f64(), low));
    let (half, y) = (pen.length(3.5), foot - pen.length(5.0));
    let fill = pen.line(marker.tone).filled();
    match marker.glyph {
        Glyph::Dot => area.draw(&Circle::new((x, y), pen.length(2.5), fill)),
        Glyph::Bar => {
            area.draw(&Rectangle::new([(x - pen.length(1.5), y - half - half / 2), (x + pen.length(1.5), foot)], fill))
        }
        Glyph::Triangle => area.draw(&Polygon::new([(x, y - half), (x + half, y + half), (x - half, y + half)], fill)),
        Glyph::Cross => {
            area.draw(&PathElement::new([(x - half, y - half), (x + half, y + half)], pen.line(marker.tone)))?;
            area.draw(&PathElement::new([(x - half, y + half), (x + half, y - half)], pen.line(marker.tone)))
        }
    }
}

fn draw_line(plot: &mut Plot, line: &PlannedLine, pen: &Pen) -> Result<(), Failure> {
    for part in &line.parts {
        match part.as_slice() {
            // A lone value between two gaps is a dot: a line of one point shows nothing.
            [point] => {
                let dot = Circle::new(*point, pen.length(2.0), pen.line(line.tone).filled());
                plot.draw_series(std::iter::once(dot))?;
            }
            points => draw_dashed(plot, points, line.dash, pen.line(line.tone), pen)?,
        }
    }
    Ok(())
}

fn draw_dashed(
    plot: &mut Plot,
    points: &[(f64, f64)],
    dash: Dash,
    style: ShapeStyle,
    pen: &Pen,
) -> Result<(), Failure> {
    match pen.dashes(dash) {
        None => plot.draw_series(LineSeries::new(points.iter().copied(), style))?,
        Some((on, off)) => plot.draw_series(DashedLineSeries::new(points.to_vec(), on, off, style))?,
    };
    Ok(())
}

/// The room that the names at the ends of the lines need; `None` if one line needs no name or there is no room.
fn names_width(area: &Area, plan: &ChartPlan, pen: &Pen) -> Option<i32> {
    let named = plan.lines.iter().filter(|line| line.end().is_some());
    let width = widest(area, named.map(|line| line.label.as_str()), &pen.dim_text()) + pen.length(24.0);
    let has_room = f64::from(width) < f64::from(area.dim_in_pixel().0) * MOST_FOR_NAMES;
    (plan.lines.len() > 1 && has_room).then_some(width)
}

/// A stroke in the line's colour and its name, beside the end of the line.
fn draw_names(area: &Area, plot: &Plot, plan: &ChartPlan, pen: &Pen) -> Result<(), Failure> {
    let bounds = plot_box(plot);
    let named: Vec<_> = plan.lines.iter().filter_map(|line| Some((line, line.end()?))).collect();
    let wanted: Vec<f64> = named.iter().map(|(_, end)| f64::from(plot.backend_coord(end).1)).collect();
    let gap = f64::from(pen.text_height() + pen.length(2.0));
    let places = spread(&wanted, gap, f64::from(bounds.top), f64::from(bounds.bottom));
    for ((line, _), y) in named.iter().zip(places) {
        let (x, y) = (bounds.right + pen.length(5.0), y.round() as i32);
        let stroke = vec![(x, y), (x + pen.length(8.0), y)];
        area.draw(&PathElement::new(stroke, pen.line(line.tone)))?;
        let style = pen.ink_text(Pos::new(HPos::Left, VPos::Center));
        area.draw_text(&line.label, &style, (x + pen.length(12.0), y))?;
    }
    Ok(())
}

fn widest<'a>(area: &Area, texts: impl Iterator<Item = &'a str>, style: &TextStyle) -> i32 {
    let width = |text| area.estimate_text_size(text, style).map_or(0, |(width, _)| width);
    texts.map(width).max().and_then(|width| i32::try_from(width).ok()).unwrap_or(0)
}

/// Writes at a place of the canvas, inside the plot's own area.
fn write(plot: &Plot, text: &str, style: &TextStyle, (x, y): (i32, i32)) -> Result<(), Failure> {
    let area = plot.plotting_area().strip_coord_spec();
    let (left, top) = area.get_base_pixel();
    area.draw_text(text, style, (x - left, y - top))
}

fn plot_box(plot: &Plot) -> PlotBox {
    let (across, down) = plot.plotting_area().get_pixel_range();
    PlotBox { left: across.start, top: down.start, right: across.end, bottom: down.end }
}
