//! Charts without pixels: what is shown ([`ChartSpec`]), how it is laid out ([`ChartPlan`]) and how it is told in words
//! ([`Samples`], [`summary`]). Drawing a plan is a thin step that lives with the page.
pub mod cursor;
pub mod labels;
pub mod plan;
pub mod polyline;
pub mod samples;
pub mod spec;
pub mod summary;
pub mod ticks;
pub mod unit;
pub mod zoom;

pub use cursor::{Cursor, Step};
pub use labels::spread;
pub use plan::{ChartPlan, PlannedLine, PlotSize};
pub use samples::{Sample, Samples};
pub use spec::{ChartSpec, Dash, Domain, Glyph, Marker, Series, Shape, Threshold, TimeWindow, Tone};
pub use summary::summary;
pub use ticks::{TimeTick, ValueAxis, ValueTick, time_ticks};
pub use unit::Unit;
pub use zoom::{Finger, Zoom, ZoomStep};
