//! The budget of a newsletter: limits on what is unpacked, read and written, counted while working.

use crate::{Diagnostic, Rule};

/// Something that a newsletter may have only so much of. The limits are far above real newsletters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The bytes of a Word document's parts when unpacked.
    UnpackedBytes,
    /// The parts in a Word document.
    Parts,
    /// The elements of a Word document, web page or feed.
    Elements,
    /// The attributes of a Word document, web page or feed.
    Attributes,
    /// The namespaces that a part of a Word document, or a feed, declares.
    Namespaces,
    /// The elements visited, each time that it is visited: a note may be read many times.
    Steps,
    /// The pieces of text: words in one style, links, breaks, warnings.
    Pieces,
    /// The cells of tables, with the empty ones at the ends of short rows.
    Cells,
    /// The characters of text and addresses, in bytes.
    Text,
    /// The characters of text that is left out or quoted in warnings, in bytes.
    OmittedText,
    /// The bytes of the Markdown that a Word document, web page or feed becomes.
    Written,
    /// The quotations and lists that a line is in.
    Nesting,
    /// The headlines.
    Headlines,
    /// The bytes of the definitions that reference links use.
    References,
    /// The pictures beside or inside the newsletter.
    Pictures,
    /// The pixels of these pictures: encoding them takes the time.
    Pixels,
}

/// Counts what has been read of one newsletter, and remembers the first limit exceeded.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    spent: [u64; Limit::COUNT],
    exceeded: Option<Limit>,
}

impl Limit {
    const COUNT: usize = 16;

    const fn max(self) -> u64 {
        match self {
            Limit::UnpackedBytes => 32 * 1024 * 1024,
            Limit::Parts => 10_000,
            Limit::Elements => 300_000,
            Limit::Attributes => 500_000,
            Limit::Namespaces => 2_000,
            Limit::Steps => 10_000_000,
            Limit::Pieces => 50_000,
            Limit::Cells => 20_000,
            Limit::Text => 2 * 1024 * 1024,
            Limit::OmittedText => 32 * 1024 * 1024,
            Limit::Written => 8 * 1024 * 1024,
            Limit::Nesting => 100,
            Limit::Headlines => 1_000,
            Limit::References => 1024 * 1024,
            Limit::Pictures => 200,
            Limit::Pixels => 400_000_000,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Limit::UnpackedBytes => "bytes when unpacked",
            Limit::Parts => "parts inside the document",
            Limit::Elements => "elements",
            Limit::Attributes => "attributes",
            Limit::Namespaces => "namespaces",
            Limit::Steps => "elements, counting repeated ones",
            Limit::Pieces => "pieces of text",
            Limit::Cells => "table cells",
            Limit::Text => "bytes of text and addresses",
            Limit::OmittedText => "bytes of text that no reader sees",
            Limit::Written => "bytes as Markdown",
            Limit::Nesting => "quotations and lists around a line",
            Limit::Headlines => "headlines",
            Limit::References => "bytes of addresses in reference links",
            Limit::Pictures => "pictures",
            Limit::Pixels => "pixels in its pictures",
        }
    }
}

impl Budget {
    /// Counts `amount`. Returns false once any limit is exceeded: the caller then stops reading.
    pub(crate) fn spend(&mut self, limit: Limit, amount: usize) -> bool {
        if let Some(spent) = self.spent.get_mut(limit as usize) {
            *spent = spent.saturating_add(amount as u64);
            if *spent > limit.max() {
                self.exceeded.get_or_insert(limit);
            }
        }
        self.exceeded.is_none()
    }

    /// Records that a limit is exceeded which is not counted in steps.
    pub(crate) fn exceed(&mut self, limit: Limit) {
        self.exceeded.get_or_insert(limit);
    }

    /// Returns true once a limit is exceeded.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.exceeded.is_some()
    }

    /// Returns how much is left until `limit`.
    pub(crate) fn left(&self, limit: Limit) -> u64 {
        let spent = self.spent.get(limit as usize).copied().unwrap_or_default();
        limit.max().saturating_sub(spent)
    }

    /// Fails if a limit is exceeded.
    pub(crate) fn check(&self) -> Result<(), Diagnostic> {
        self.exceeded
            .map_or(Ok(()), |limit| Err(limit_error(limit)))
    }
}

fn limit_error(limit: Limit) -> Diagnostic {
    Diagnostic::without_span(
        Rule::Limit,
        format!(
            "this newsletter has more than {} {}",
            limit.max(),
            limit.name()
        ),
        "check that the file is one issue of the newsletter, and shorten it or split it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_exceeded_limit_is_reported() {
        let mut budget = Budget::default();
        assert!(budget.spend(Limit::Headlines, 1_000));
        assert_eq!(budget.check(), Ok(()));
        assert!(!budget.spend(Limit::Headlines, 1));
        assert!(!budget.spend(Limit::References, usize::MAX));
        let error = budget.check().unwrap_err();
        assert_eq!(
            error.message,
            "this newsletter has more than 1000 headlines"
        );
    }
}
