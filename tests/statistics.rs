//! Medians and quartiles.

/// The first quartile, the median and the third quartile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quartiles {
    pub(crate) first: f64,
    pub(crate) median: f64,
    pub(crate) third: f64,
}

impl Quartiles {
    /// Returns the quartiles of at least one value. Between two values they are interpolated.
    pub(crate) fn from_values(values: &[f64]) -> Quartiles {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let [first, median, third] = [0.25, 0.5, 0.75].map(|share| interpolate(&sorted, share));
        Quartiles {
            first,
            median,
            third,
        }
    }

    /// Returns the quartiles of the ratios of values to those of the same runs: what slowed a run
    /// down slowed both.
    pub(crate) fn from_ratios(values: &[f64], others: &[f64]) -> Quartiles {
        let ratios = values
            .iter()
            .zip(others)
            .map(|(value, other)| value / other);
        Quartiles::from_values(&ratios.collect::<Vec<_>>())
    }
}

fn interpolate(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let [low, high] = [place.floor(), place.ceil()].map(|index| sorted[index as usize]);
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_do_not_depend_on_the_order() {
        let expected = Quartiles {
            first: 2.0,
            median: 3.0,
            third: 4.0,
        };
        assert_eq!(Quartiles::from_values(&[5.0, 1.0, 4.0, 2.0, 3.0]), expected);
    }

    #[test]
    fn quartiles_between_two_values_are_interpolated() {
        let expected = Quartiles {
            first: 1.75,
            median: 2.5,
            third: 3.25,
        };
        assert_eq!(Quartiles::from_values(&[1.0, 2.0, 3.0, 4.0]), expected);
    }

    #[test]
    fn quartiles_of_one_run_are_its_value() {
        assert_eq!(Quartiles::from_values(&[7.0]).third, 7.0);
    }

    #[test]
    fn ratios_are_those_of_the_same_run() {
        let ratios = Quartiles::from_ratios(&[2.0, 40.0], &[1.0, 20.0]);
        assert_eq!((ratios.first, ratios.third), (2.0, 2.0));
    }
}
