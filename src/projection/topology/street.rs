//! The streets of the map: lines between boxes that go around other boxes, never across their words. Lengths in CSS pixels.
use super::Place;

/// A point.
pub type Point = (f64, f64);

/// The edges of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Edges {
    /// The left one.
    pub left: f64,
    /// The upper one.
    pub top: f64,
    /// The right one.
    pub right: f64,
    /// The lower one.
    pub bottom: f64,
}

/// The boxes as they lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ground {
    /// The columns: the visitors first, the zones last. One above the other where there is no room side by side.
    pub columns: Vec<Edges>,
    /// The keys of all places, sorted, and where they are.
    pub spots: Vec<(String, Edges)>,
}

/// How far streets stay away from boxes.
const ROOM: f64 = 7.0;

impl Edges {
    fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    fn holds(&self, other: &Edges) -> bool {
        let (x, y) = (f64::midpoint(other.left, other.right), other.middle());
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

impl Place {
    /// A word that means this place and no other.
    pub fn key(&self) -> String {
        match self {
            Place::Visitors(stream) => format!("v:{stream}"),
            Place::Door(name, id) => format!("d:{id}:{name}"),
            Place::Balancer(arn) => format!("b:{arn}"),
            Place::Zone(name) => format!("z:{name}"),
            Place::Instance(id) => format!("i:{id}"),
        }
    }
}

impl Ground {
    /// The way through these places; nothing if one of them is not there.
    pub fn street(&self, stops: &[Place]) -> Option<Vec<Point>> {
        let mut points = Vec::new();
        let mut before = self.spot(stops.first()?)?;
        for stop in &stops[1..] {
            let spot = self.spot(stop)?;
            match stop {
                Place::Instance(_) => {
                    let zone = self.zone_of(&spot)?;
                    if before != zone {
                        points.extend(self.between(&before, &zone)?);
                    }
                    points.extend(into(&zone, &spot));
                }
                Place::Visitors(_) | Place::Door(..) | Place::Balancer(_) | Place::Zone(_) => {
                    points.extend(self.between(&before, &spot)?);
                }
            }
            before = spot;
        }
        if points.is_empty() {
            points.extend(self.turn(&before));
        }
        Some(points)
    }

    fn spot(&self, place: &Place) -> Option<Edges> {
        let key = place.key();
        let index = self.spots.binary_search_by(|(known, _)| known.as_str().cmp(&key)).ok()?;
        Some(self.spots[index].1)
    }

    fn zone_of(&self, tile: &Edges) -> Option<Edges> {
        let mut zones = self.spots.iter().filter(|(key, _)| key.starts_with("z:"));
        zones.find(|(_, zone)| zone.holds(tile)).map(|(_, zone)| *zone)
    }

    /// Whether the columns lie one above the other.
    pub fn is_stacked(&self) -> bool {
        matches!(self.columns.as_slice(), [first, second, ..] if second.left < first.right)
    }

    fn column_of(&self, spot: &Edges) -> Option<usize> {
        self.columns.iter().position(|column| column.holds(spot))
    }

    fn gutter(&self) -> f64 {
        self.columns.iter().map(|column| column.left).fold(f64::INFINITY, f64::min) - 2.0 * ROOM
    }

    /// From one box to another that lies further on.
    fn between(&self, from: &Edges, to: &Edges) -> Option<Vec<Point>> {
        let (start, end) = (from.middle(), to.middle());
        if self.is_stacked() {
            let x = self.gutter();
            return Some(vec![(from.left, start), (x, start), (x, end), (to.left, end)]);
        }
        let (first, last) = (self.column_of(from)?, self.column_of(to)?);
        let gap_after = |column: usize| {
            let (left, right) = (self.columns.get(column)?, self.columns.get(column + 1)?);
            Some(f64::midpoint(left.right, right.left))
        };
        let (out, back) = (gap_after(first)?, gap_after(last.checked_sub(1)?)?);
        let skipped = self.columns.get(first + 1..last)?;
        let mut points = vec![(from.right, start), (out, start)];
        if !skipped.is_empty() {
            let above = skipped.iter().map(|column| column.top).fold(f64::INFINITY, f64::min) - ROOM;
            points.extend([(out, above), (back, above)]);
        }
        points.extend([(back, end), (to.left, end)]);
        Some(points)
    }

    /// Where a request goes that leads nowhere: a little out, and back.
    fn turn(&self, from: &Edges) -> [Point; 2] {
        let y = from.middle();
        if self.is_stacked() {
            [(from.left, y), (self.gutter(), y)]
        } else {
            [(from.right, y), (from.right + 3.0 * ROOM, y)]
        }
    }
}

/// From the edge of a zone to one of its tiles: along the margin, between the rows, and down.
fn into(zone: &Edges, tile: &Edges) -> [Point; 5] {
    let (y, x) = (zone.middle(), zone.left + ROOM);
    let (row, middle) = (tile.top - ROOM / 2.0, f64::midpoint(tile.left, tile.right));
    [(zone.left, y), (x, y), (x, row), (middle, row), (middle, tile.top)]
}

/// The point at a share of the length of a line.
pub fn point_at(line: &[Point], share: f64) -> Option<Point> {
    let length = |pair: &[Point]| libm::hypot(pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
    let whole: f64 = line.windows(2).map(length).sum();
    let mut left = whole * share.clamp(0.0, 1.0);
    for pair in line.windows(2) {
        let piece = length(pair);
        if left <= piece {
            let part = if piece > 0.0 { left / piece } else { 0.0 };
            return Some((pair[0].0 + (pair[1].0 - pair[0].0) * part, pair[0].1 + (pair[1].1 - pair[0].1) * part));
        }
        left -= piece;
    }
    line.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(left: f64, top: f64, right: f64, bottom: f64) -> Edges {
        Edges { left, top, right, bottom }
    }

    fn places() -> [Place; 5] {
        [
            Place::Visitors(0),
            Place::Door("shop.example".into(), "Z1".into()),
            Place::Balancer("lb".into()),
            Place::Zone("a".into()),
            Place::Instance("i-1".into()),
        ]
    }

    fn ground(columns: [Edges; 4], tile: Edges) -> Ground {
        let keys = places().map(|place| place.key());
        let mut spots: Vec<_> = keys.into_iter().zip(columns.into_iter().chain([tile])).collect();
        spots.sort_by(|one, other| one.0.cmp(&other.0));
        Ground { columns: columns.into(), spots }
    }

    fn side_by_side() -> Ground {
        let columns = [
            edges(0.0, 40.0, 100.0, 60.0),
            edges(140.0, 20.0, 240.0, 80.0),
            edges(280.0, 30.0, 380.0, 70.0),
            edges(420.0, 0.0, 800.0, 200.0),
        ];
        ground(columns, edges(500.0, 100.0, 600.0, 180.0))
    }

    #[test]
    fn a_street_goes_through_the_gaps_to_the_instance() {
        let [visitors, _, balancer, zone, instance] = places();
        let street = side_by_side().street(&[visitors, balancer, zone, instance]).expect("a street");
        let expected = [(100.0, 50.0), (120.0, 50.0), (120.0, 13.0), (260.0, 13.0), (260.0, 50.0), (280.0, 50.0)];
        assert_eq!(street[..6], expected, "around the names above them");
        assert_eq!(street[street.len() - 3..], [(427.0, 96.5), (550.0, 96.5), (550.0, 100.0)], "between the rows");
    }

    #[test]
    fn an_instance_is_reached_through_its_zone_even_if_nobody_says_so() {
        let [_, door, _, zone, instance] = places();
        let ground = side_by_side();
        assert_eq!(ground.street(&[door.clone(), instance.clone()]), ground.street(&[door, zone, instance]));
    }

    #[test]
    fn one_above_the_other_all_streets_run_along_the_left_edge() {
        let at = |top| edges(20.0, top, 300.0, top + 40.0);
        let ground =
            ground([at(0.0), at(60.0), at(120.0), edges(20.0, 180.0, 300.0, 400.0)], edges(40.0, 220.0, 140.0, 300.0));
        assert!(ground.is_stacked());
        let [visitors, _, balancer, ..] = places();
        let street = ground.street(&[visitors, balancer]).expect("a street");
        assert_eq!(street, [(20.0, 20.0), (6.0, 20.0), (6.0, 140.0), (20.0, 140.0)]);
    }

    #[test]
    fn what_leads_nowhere_turns_at_once_and_what_is_not_there_has_no_street() {
        let ground = side_by_side();
        assert_eq!(ground.street(&[Place::Visitors(0)]), Some(vec![(100.0, 50.0), (121.0, 50.0)]));
        assert_eq!(ground.street(&[Place::Visitors(0), Place::Zone("b".into())]), None);
    }

    #[test]
    fn a_point_moves_along_the_line_evenly() {
        let line = [(0.0, 0.0), (10.0, 0.0), (10.0, 30.0)];
        let at = |share| point_at(&line, share);
        assert_eq!(
            [at(0.0), at(0.25), at(0.5), at(2.0)],
            [Some((0.0, 0.0)), Some((10.0, 0.0)), Some((10.0, 10.0)), Some((10.0, 30.0))]
        );
        assert_eq!(point_at(&[], 0.5), None);
    }
}
