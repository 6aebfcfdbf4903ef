//! Zoom: which part of the time the charts show. It either follows the present, or stays where it is.
use super::TimeWindow;
use super::ticks::moment_text;
use crate::sim::{SimDuration, SimTime};

/// Which part of the time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// The latest time of this length; it follows the present.
    Latest(SimDuration),
    /// This stretch; it stays.
    Fixed(TimeWindow),
}

/// A way to change what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoomStep {
    /// Half as much time.
    In,
    /// Twice as much time.
    Out,
    /// Half of what is shown further back.
    Earlier,
    /// Half of what is shown further on; at the present it follows again.
    Later,
    /// All there is.
    All,
    /// As much time as is shown, up to the present, and follow it.
    Now,
}

/// A finger on a chart: the moment that it took hold of, and the share of the width where it is now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finger {
    /// What it holds.
    pub moment: SimTime,
    /// 0 at the left edge, 1 at the right one.
    pub share: f64,
}

/// The least time that is shown: six points.
const LEAST: SimDuration = SimDuration::MINUTE;

impl Default for Zoom {
    /// The last hour.
    fn default() -> Self {
        Zoom::Latest(SimDuration::HOUR)
    }
}

impl Zoom {
    /// All there is, now and later.
    pub const ALL: Zoom = Zoom::Latest(SimDuration::from_micros(u64::MAX));

    /// What is shown of `extent`, all the time there is; always a part of it.
    pub fn window(self, extent: TimeWindow) -> TimeWindow {
        match self {
            Zoom::Latest(length) => TimeWindow::ending_at(extent.to, length.min(extent.length())),
            Zoom::Fixed(window) => inside(window, extent),
        }
    }

    /// Whether it follows the present.
    pub fn follows(self) -> bool {
        matches!(self, Zoom::Latest(_))
    }

    /// The zoom that shows from one moment to another, in either order; what reaches the present follows it.
    pub fn between(one: SimTime, other: SimTime, extent: TimeWindow) -> Zoom {
        Self::shown(TimeWindow { from: one.min(other), to: one.max(other) }, extent)
    }

    /// The zoom after a step; `about` is the moment that stays in its place, if the learner looks at one.
    pub fn after(self, step: ZoomStep, about: Option<SimTime>, extent: TimeWindow) -> Zoom {
        let window = self.window(extent);
        let half = SimDuration::from_micros(window.length().as_micros() / 2);
        match step {
            ZoomStep::In => self.scaled(0.5, about, extent),
            ZoomStep::Out => self.scaled(2.0, about, extent),
            ZoomStep::Earlier => {
                Self::shown(inside(TimeWindow::ending_at(window.to - half, window.length()), extent), extent)
            }
            ZoomStep::Later => {
                Self::shown(inside(TimeWindow { from: window.from + half, to: window.to + half }, extent), extent)
            }
            ZoomStep::All => Zoom::ALL,
            ZoomStep::Now => Zoom::Latest(window.length()),
        }
    }

    /// So many times as much time, with `about` in its place; without it the present stays at the right edge, or the middle in the middle.
    pub fn scaled(self, factor: f64, about: Option<SimTime>, extent: TimeWindow) -> Zoom {
        let window = self.window(extent);
        let [from, to] = [window.from, window.to].map(SimTime::as_secs_f64);
        let fixed = match about {
            Some(moment) => moment.as_secs_f64().clamp(from, to),
            None if self.follows() => to,
            None => (from + to) / 2.0,
        };
        let length = ((to - from) * factor).max(LEAST.as_secs_f64());
        let share = (fixed - from) / (to - from).max(1.0);
        Self::shown(inside(window_of(fixed - length * share, length), extent), extent)
    }

    /// What fingers that hold moments make of it: one moves the time, two stretch it.
    pub fn held(self, fingers: &[Finger], extent: TimeWindow) -> Zoom {
        let length = self.window(extent).length().as_secs_f64();
        let Some(first) = fingers.first() else { return self };
        let stretched = fingers.get(1).and_then(|second| {
            let (time, width) = (second.moment.as_secs_f64() - first.moment.as_secs_f64(), second.share - first.share);
            // Fingers that have passed each other hold nothing any more.
            (time * width > 0.0).then(|| (time / width).max(LEAST.as_secs_f64()))
        });
        let length = stretched.unwrap_or(length);
        let from = first.moment.as_secs_f64() - length * first.share;
        Self::shown(inside(window_of(from, length), extent), extent)
    }

    /// What is shown, in words: `10:30 to 10:42, follows the present`.
    pub fn text(self, extent: TimeWindow) -> String {
        let window = self.window(extent);
        let [from, to] = [window.from, window.to].map(|moment| moment_text(moment, window));
        let manner = match self {
            _ if window == extent && self.follows() => ", all of it",
            Zoom::Latest(_) => ", following the present",
            Zoom::Fixed(_) => "",
        };
        format!("{from} to {to}{manner}")
    }

    /// The zoom that shows a part of `extent`.
    fn shown(window: TimeWindow, extent: TimeWindow) -> Zoom {
        let missing = LEAST.as_micros().saturating_sub(window.length().as_micros());
        let window = TimeWindow { to: window.to + SimDuration::from_micros(missing), ..window };
        match (window.length() >= extent.length(), window.to >= extent.to) {
            (true, _) => Zoom::ALL,
            (false, true) => Zoom::Latest(window.length()),
            (false, false) => Zoom::Fixed(window),
        }
    }
}

/// The window moved into the extent, and cut to it if it is longer.
fn inside(window: TimeWindow, extent: TimeWindow) -> TimeWindow {
    let length = window.length().min(extent.length());
    let from = window.from.max(extent.from).min(extent.to - length);
    TimeWindow { from, to: from + length }
}

/// What would begin before the first day begins with it, and ends as much later.
fn window_of(from_seconds: f64, seconds: f64) -> TimeWindow {
    let from = SimTime::ZERO + SimDuration::from_secs_f64(from_seconds.max(0.0));
    TimeWindow { from, to: from + SimDuration::from_secs_f64(seconds) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: u64) -> SimTime {
        SimTime::from_secs(10 * 3_600 + minute * 60)
    }

    fn window(from: u64, to: u64) -> TimeWindow {
        TimeWindow { from: minute(from), to: minute(to) }
    }

    /// Four hours.
    const HOURS: u64 = 240;

    fn extent() -> TimeWindow {
        window(0, HOURS)
    }

    fn after(zoom: Zoom, steps: &[ZoomStep]) -> Zoom {
        steps.iter().fold(zoom, |zoom, step| zoom.after(*step, None, extent()))
    }

    #[test]
    fn the_last_hour_follows_the_present() {
        let zoom = Zoom::default();
        assert_eq!(zoom.window(extent()), window(180, 240));
        assert_eq!(zoom.window(window(0, 250)), window(190, 250));
        assert_eq!(zoom.window(window(0, 20)), window(0, 20), "a young session has no hour yet");
    }

    #[test]
    fn zooming_at_the_present_stays_there() {
        let zoom = after(Zoom::default(), &[ZoomStep::In, ZoomStep::In]);
        assert_eq!(zoom, Zoom::Latest(SimDuration::from_secs(900)));
        assert_eq!(after(zoom, &[ZoomStep::Out, ZoomStep::Out]), Zoom::default());
        assert_eq!(after(zoom, &[ZoomStep::Out; 9]), Zoom::ALL);
    }

    #[test]
    fn no_less_than_a_minute_is_shown() {
        assert_eq!(after(Zoom::default(), &[ZoomStep::In; 20]), Zoom::Latest(SimDuration::MINUTE));
        let point = Zoom::between(minute(20), minute(20), extent());
        assert_eq!(point.window(extent()), window(20, 21));
    }

    #[test]
    fn a_step_back_stays_and_steps_forward_come_to_follow_again() {
        let back = after(Zoom::default(), &[ZoomStep::Earlier]);
        assert_eq!(back, Zoom::Fixed(window(150, 210)));
        assert_eq!(back.window(window(0, 300)), window(150, 210), "time goes on without it");
        assert_eq!(after(back, &[ZoomStep::Later, ZoomStep::Later]), Zoom::default());
        assert_eq!(after(back, &[ZoomStep::Now]), Zoom::default());
        assert_eq!(after(back, &[ZoomStep::Earlier; 20]).window(extent()), window(0, 60));
        assert_eq!(after(back, &[ZoomStep::All]).window(extent()), extent());
    }

    #[test]
    fn a_selection_is_shown_from_either_side() {
        assert_eq!(Zoom::between(minute(50), minute(20), extent()), Zoom::Fixed(window(20, 50)));
        assert_eq!(Zoom::between(minute(200), minute(240), extent()), Zoom::Latest(SimDuration::from_secs(2_400)));
    }

    #[test]
    fn the_moment_that_is_looked_at_keeps_its_place() {
        let zoom = Zoom::Fixed(window(100, 140));
        assert_eq!(zoom.after(ZoomStep::In, Some(minute(110)), extent()), Zoom::Fixed(window(105, 125)));
        assert_eq!(zoom.after(ZoomStep::Out, Some(minute(110)), extent()), Zoom::Fixed(window(90, 170)));
        assert_eq!(zoom.after(ZoomStep::In, None, extent()), Zoom::Fixed(window(110, 130)));
    }

    #[test]
    fn one_finger_moves_the_time_and_two_stretch_it() {
        let zoom = Zoom::Fixed(window(100, 140));
        let finger = |at, share| Finger { moment: minute(at), share };
        assert_eq!(zoom.held(&[finger(110, 0.5)], extent()), Zoom::Fixed(window(90, 130)));
        assert_eq!(zoom.held(&[finger(110, 0.0), finger(130, 1.0)], extent()), Zoom::Fixed(window(110, 130)));
        assert_eq!(zoom.held(&[finger(130, 1.0), finger(110, 0.0)], extent()), Zoom::Fixed(window(110, 130)));
        assert_eq!(
            zoom.held(&[finger(110, 0.5), finger(130, 0.5)], extent()).window(extent()).length(),
            window(100, 140).length()
        );
        assert_eq!(zoom.held(&[], extent()), zoom);
    }

    #[test]
    fn a_stretch_beyond_the_time_there_is_lies_inside_it() {
        assert_eq!(Zoom::Fixed(window(200, 260)).window(extent()), window(180, 240));
        let early = TimeWindow { from: SimTime::ZERO, to: SimTime::from_secs(60) };
        assert_eq!(Zoom::Fixed(early).window(extent()), window(0, 1));
    }

    #[test]
    fn what_is_shown_is_told_in_words() {
        assert_eq!(Zoom::default().text(extent()), "13:00 to 14:00, following the present");
        assert_eq!(Zoom::Fixed(window(20, 50)).text(extent()), "10:20 to 10:50");
        assert_eq!(Zoom::ALL.text(extent()), "10:00 to 14:00, all of it");
    }
}
