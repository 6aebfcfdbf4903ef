//! How many requests each server has under way, and which have the fewest.

/// Servers by their number of requests under way: one row of bits for each number, one bit for each server.
///
/// What it holds depends on the numbers alone and not on how they came about, so both engines choose alike.
#[derive(Clone, Debug, Default)]
pub(in crate::traffic) struct Outstanding {
    counts: Vec<u32>,
    /// Row after row.
    bits: Vec<u64>,
    /// Words in a row.
    words: usize,
    /// How many servers each row has.
    populations: Vec<u32>,
}

impl Outstanding {
    /// So many servers, with nothing under way.
    pub(in crate::traffic) fn reset(&mut self, servers: usize) {
        self.words = servers.div_ceil(64);
        self.counts = vec![0; servers];
        self.bits = vec![0; self.words];
        for server in 0..servers {
            self.bits[server / 64] |= 1 << (server % 64);
        }
        self.populations = vec![servers as u32];
    }

    /// One more request under way.
    #[inline]
    pub(in crate::traffic) fn add(&mut self, server: u32) {
        let Some(count) = self.counts.get_mut(server as usize) else { return };
        let row = *count as usize;
        *count += 1;
        if row + 2 > self.populations.len() {
            self.populations.push(0);
            self.bits.resize(self.bits.len() + self.words, 0);
        }
        self.move_bit(server, row, row + 1);
    }

    /// One less.
    #[inline]
    pub(in crate::traffic) fn remove(&mut self, server: u32) {
        let Some(count) = self.counts.get_mut(server as usize).filter(|count| **count > 0) else { return };
        let row = *count as usize;
        *count -= 1;
        self.move_bit(server, row, row - 1);
    }

    #[inline]
    fn move_bit(&mut self, server: u32, from: usize, to: usize) {
        let (word, bit) = ((server / 64) as usize, 1u64 << (server % 64));
        self.bits[from * self.words + word] ^= bit;
        self.bits[to * self.words + word] ^= bit;
        self.populations[from] -= 1;
        self.populations[to] += 1;
    }

    /// The member with the fewest requests; among equals the first from `turn` on, then from the beginning.
    #[inline]
    pub(in crate::traffic) fn least(&self, members: &[u64], turn: u32) -> Option<u32> {
        if self.words == 1 {
            let members = *members.first()?;
            for (row, population) in self.bits.iter().zip(&self.populations) {
                let there = if *population == 0 { 0 } else { row & members };
                if there != 0 {
                    let after = there & (u64::MAX.checked_shl(turn).unwrap_or(0));
                    return Some(if after != 0 { after } else { there }.trailing_zeros());
                }
            }
            return None;
        }
        let rows = self.bits.chunks_exact(self.words.max(1)).zip(&self.populations);
        rows.filter(|(_, population)| **population > 0).find_map(|(row, _)| first_from(row, members, turn))
    }

    /// How many requests a server has under way.
    #[cfg(test)]
    pub(in crate::traffic) fn count(&self, server: u32) -> u32 {
        self.counts[server as usize]
    }
}

/// The first member of a row from `turn` on, then from the beginning.
fn first_from(row: &[u64], members: &[u64], turn: u32) -> Option<u32> {
    let (start, bit) = ((turn / 64) as usize, turn % 64);
    let at = |word: usize| row.get(word).zip(members.get(word)).map_or(0, |(row, members)| row & members);
    let place = |word: usize, bits: u64| (bits != 0).then(|| word as u32 * 64 + bits.trailing_zeros());
    place(start, at(start) & (u64::MAX << bit))
        .or_else(|| (start + 1..row.len()).find_map(|word| place(word, at(word))))
        .or_else(|| (0..=start.min(row.len().saturating_sub(1))).find_map(|word| place(word, at(word))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Randomness;

    fn by_hand(counts: &[u32], members: &[u64], turn: u32) -> Option<u32> {
        let is_member = |server: u32| members[(server / 64) as usize] & (1 << (server % 64)) != 0;
        let fewest =
            (0..counts.len() as u32).filter(|server| is_member(*server)).map(|server| counts[server as usize]).min()?;
        let fits = |server: &u32| is_member(*server) && counts[*server as usize] == fewest;
        let all = 0..counts.len() as u32;
        all.clone().filter(fits).find(|server| *server >= turn).or_else(|| all.clone().find(fits))
    }

    #[test]
    fn the_choice_is_the_one_by_hand_for_few_and_many_servers() {
        for servers in [1, 5, 64, 65, 200] {
            let mut stream = Randomness { seed: 4 }.stream("outstanding", servers);
            let mut outstanding = Outstanding::default();
            outstanding.reset(servers as usize);
            let members: Vec<u64> = (0..servers.div_ceil(64))
                .map(|word| {
                    if servers < 64 || word + 1 == servers.div_ceil(64) {
                        (1 << (servers - 64 * word).min(63)) - 1
                    } else {
                        stream.below(u64::MAX)
                    }
                })
                .collect();
            let mut counts = vec![0; servers as usize];
            for _ in 0..5_000 {
                let turn = stream.below(servers + 1) as u32;
                let chosen = outstanding.least(&members, turn);
                assert_eq!(chosen, by_hand(&counts, &members, turn), "{servers} servers, turn {turn}");
                if let Some(chosen) = chosen {
                    outstanding.add(chosen);
                    counts[chosen as usize] += 1;
                }
                let gone = stream.below(servers) as usize;
                outstanding.remove(gone as u32);
                counts[gone] = u32::saturating_sub(counts[gone], 1);
                assert_eq!(outstanding.count(gone as u32), counts[gone]);
            }
        }
    }
}
