//! Numbers and words that look like chance and are always the same.

use super::Shape;

/// A generator (SplitMix64) with a stream for each record.
pub(crate) struct Random {
    state: u64,
    /// Whether one is as popular as the next.
    even: bool,
}

const WORDS: &str = "the of and a in to officials said report according soldiers border ministry talks minister foreign \
    regional week month about figures published agency later earlier statement government near unit training transfer \
    equipment support village railway bridge estimate denied confirmed unknown reached crossed signed treaty visit \
    council session Tuesday Friday morning evening spokesman's capital province northern eastern small large several \
    first second third winter spring autumn summer hospital letter interview witness document annex archive map camp";

const NAMES: &str = "Aldan Berik Corvo Dania Elmar Farid Gerda Hovik Ilona Jorun Katya Lenz Mirza Nadia Osman Petra \
    Quist Ravel Sorin Talia Ulf Vesna Wanda Xenia Yarov Zoltan Áron Élise Øyvind Šimon";

impl Random {
    /// The stream of one record of a kind.
    pub(crate) fn of(kind: &str, number: usize) -> Self {
        let seed = kind
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self { state: seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15), even: false }
    }

    /// As [`Self::of`], with the popularity of a shape.
    pub(crate) fn shaped(kind: &str, number: usize, shape: Shape) -> Self {
        Self { even: shape == Shape::Even, ..Self::of(kind, number) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True so many times of a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list.
    pub(crate) fn pick<'l, T: ?Sized>(&mut self, list: &[&'l T]) -> &'l T {
        list[self.below(list.len())]
    }

    /// A number below `end`, the n-th about n times rarer than the first (Zipf's law, exponent 1), unless all are alike.
    pub(crate) fn popular(&mut self, end: usize) -> usize {
        if self.even {
            return self.below(end);
        }
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = ((end as f64 + 1.0).ln() * unit).exp() as usize;
        (rank - 1).min(end - 1)
    }

    /// So many words, the first in upper case, without a full stop.
    pub(crate) fn words(&mut self, count: usize) -> String {
        let all: Vec<_> = WORDS.split_whitespace().collect();
        let chosen: Vec<_> = (0..count).map(|_| self.pick(&all)).collect();
        let mut text = chosen.join(" ");
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        text
    }

    /// A sentence.
    pub(crate) fn sentence(&mut self) -> String {
        let count = 8 + self.below(10);
        self.words(count) + "."
    }

    /// A person's name.
    pub(crate) fn name(&mut self) -> String {
        let all: Vec<_> = NAMES.split_whitespace().collect();
        format!("{} {}", self.pick(&all), self.pick(&all))
    }
}

/// The date so many days after the first of January 2020, counted in months of 28 days: `2020-01-15`.
pub(crate) fn date(days: usize) -> String {
    let (month, day) = (days / 28, days % 28 + 1);
    format!("{}-{:02}-{day:02}", 2020 + month / 12, month % 12 + 1)
}
