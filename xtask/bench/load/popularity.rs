use fastrand::Rng;

/// Zipf's law: the nth of some pages has 1/n of the views of the first.
pub(super) struct Popularity {
    /// The weights of each page and of those before it, summed.
    sums: Vec<f64>,
}

impl Popularity {
    pub(super) fn new(pages: usize) -> Popularity {
        let mut sum = 0.0;
        let mut add_page = |rank| {
            sum += 1.0 / rank as f64;
            sum
        };
        let sums = (1..=pages).map(&mut add_page).collect();
        Popularity { sums }
    }

    /// Returns the index of a random page.
    pub(super) fn pick(&self, random: &mut Rng) -> usize {
        let total = self.sums.last().copied().unwrap_or_default();
        let point = random.f64() * total;
        self.sums.partition_point(|sum| *sum <= point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nth_page_has_a_share_of_one_nth() {
        let popularity = Popularity::new(500);
        let mut random = Rng::with_seed(1);
        let mut counts = [0_u32; 500];
        for _ in 0..1_000_000 {
            counts[popularity.pick(&mut random)] += 1;
        }
        let ratio = |rank: usize| f64::from(counts[0]) / f64::from(counts[rank - 1]);
        for rank in [2, 10, 50] {
            let difference = ratio(rank) / rank as f64 - 1.0;
            assert!(difference.abs() < 0.05, "{rank}: {difference}");
        }
    }
}
