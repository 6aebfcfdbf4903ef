//! Where the names at the ends of the lines go, so that no two lie on each other.

/// Moves `wanted` positions apart to at least `gap`, inside `low..=high` if they fit there, as little as that takes.
/// The answer has the order of the question.
pub fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]));
    let sorted: Vec<f64> = order.iter().map(|index| wanted[*index]).collect();
    let mut placed = vec![0.0; wanted.len()];
    for (index, position) in order.into_iter().zip(kept_inside(pushed_apart(&sorted, gap), gap, low, high)) {
        placed[index] = position;
    }
    placed
}

/// A run of positions that touch each other; it is centred on what its members want.
struct Block {
    start: f64,
    count: usize,
}

fn pushed_apart(sorted: &[f64], gap: f64) -> Vec<f64> {
    let mut blocks: Vec<Block> = Vec::new();
    for position in sorted {
        let mut block = Block { start: *position, count: 1 };
        while let Some(before) = blocks.pop_if(|before| before.start + before.count as f64 * gap > block.start) {
            block = joined(&before, &block, gap);
        }
        blocks.push(block);
    }
    let members = |block: Block| (0..block.count).map(move |member| block.start + member as f64 * gap);
    blocks.into_iter().flat_map(members).collect()
}

/// Two blocks in one, placed where the sum of squared moves is least.
fn joined(before: &Block, after: &Block, gap: f64) -> Block {
    let (left, right) = (before.count as f64, after.count as f64);
    let start = (left * before.start + right * (after.start - left * gap)) / (left + right);
    Block { start, count: before.count + after.count }
}

fn kept_inside(mut positions: Vec<f64>, gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut ceiling = high;
    for position in positions.iter_mut().rev() {
        *position = position.min(ceiling);
        ceiling = *position - gap;
    }
    let mut floor = low;
    for position in &mut positions {
        *position = position.max(floor);
        floor = *position + gap;
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[50.0, 10.0, 90.0], 12.0, 0.0, 100.0), [50.0, 10.0, 90.0]);
    }

    #[test]
    fn labels_that_meet_move_apart_evenly() {
        assert_eq!(spread(&[50.0, 50.0], 12.0, 0.0, 100.0), [44.0, 56.0]);
        assert_eq!(spread(&[52.0, 50.0, 51.0], 12.0, 0.0, 100.0), [63.0, 39.0, 51.0]);
    }

    #[test]
    fn labels_stay_inside_the_plot() {
        assert_eq!(spread(&[99.0, 100.0], 12.0, 0.0, 100.0), [88.0, 100.0]);
        assert_eq!(spread(&[-5.0, 2.0], 12.0, 0.0, 100.0), [0.0, 12.0]);
    }

    #[test]
    fn too_many_labels_for_the_room_keep_their_gap_and_overflow_at_the_end() {
        assert_eq!(spread(&[5.0, 5.0, 5.0], 12.0, 0.0, 20.0), [0.0, 12.0, 24.0]);
    }
}
