//! The marks that are open at a position, in Markdown or as HTML tags.

use digest_issue::Run;

/// The number of open marks of each kind, by the name of their element.
#[derive(Default)]
pub(super) struct OpenMarks {
    strong: usize,
    em: usize,
    code: usize,
    sup: usize,
    sub: usize,
    del: usize,
}

impl OpenMarks {
    pub(super) fn open(&mut self, name: &str) {
        if let Some(count) = self.find(name) {
            *count += 1;
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        if let Some(count) = self.find(name) {
            *count = count.saturating_sub(1);
        }
    }

    /// Opens or closes the mark of a tag such as `<sup>`. Returns false for any other tag.
    pub(super) fn apply_tag(&mut self, tag: &str) -> bool {
        let name = tag_name(tag);
        if tag.starts_with("</") {
            self.close(&name);
        } else {
            self.open(&name);
        }
        self.find(&name).is_some()
    }

    /// Returns the run with all open marks.
    pub(super) fn mark_run(&self, run: Run) -> Run {
        Run {
            strong: self.strong > 0,
            em: self.em > 0,
            code: run.code || self.code > 0,
            sup: self.sup > 0,
            sub: self.sub > 0,
            del: self.del > 0,
            ..run
        }
    }

    fn find(&mut self, name: &str) -> Option<&mut usize> {
        match name {
            "strong" | "b" => Some(&mut self.strong),
            "em" | "i" => Some(&mut self.em),
            "code" => Some(&mut self.code),
            "sup" => Some(&mut self.sup),
            "sub" => Some(&mut self.sub),
            "del" | "s" | "strike" => Some(&mut self.del),
            _ => None,
        }
    }
}

/// Returns true for the tag `<br>`.
pub(super) fn is_line_break(tag: &str) -> bool {
    tag_name(tag) == "br"
}

/// Returns the name of a tag in lower case, with its attributes: a tag that has any is no mark.
fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    name.trim_end_matches(['>', '/', ' ']).to_ascii_lowercase()
}
