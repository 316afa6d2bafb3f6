//! Labels in English and Japanese, such as “Vol:” and “見出し：”.

use super::volume_notation::find_lone_volume;
use crate::date;

/// A label for the rest of its line, or for the list below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Volume,
    Date,
    ImageSource,
    Headlines,
    Details,
}

impl Label {
    pub(crate) const ALL: [Label; 5] = [
        Label::Volume,
        Label::Date,
        Label::ImageSource,
        Label::Headlines,
        Label::Details,
    ];

    /// Returns the label at the start of `line`, in upper or lower case, and the offset of its
    /// value.
    ///
    /// A label ends in a colon. The colon may be missing if the line has only the label of a list,
    /// or only a label with a volume or a date: “Vol 1.5” is a label, and “Volume two will follow”
    /// is not.
    pub(crate) fn find_at_start(line: &str) -> Option<(Label, usize)> {
        if let Some(volume) = find_lone_volume(line) {
            return Some((Label::Volume, volume.start));
        }
        let labels = Label::ALL
            .into_iter()
            .flat_map(|label| label.names().iter().map(move |name| (label, *name)));
        labels
            .filter_map(|(label, name)| Some((label, label.find_value(line, name)?)))
            .next()
    }

    /// Returns the label with this name, in upper or lower case.
    pub(crate) fn from_name(name: &str) -> Option<Label> {
        let name = name.to_lowercase();
        Label::ALL
            .into_iter()
            .find(|label| label.names().contains(&name.as_str()))
    }

    /// Returns the label as editors write it, with its colon.
    pub(crate) fn as_written(self) -> &'static str {
        match self {
            Label::Volume => "Vol:",
            Label::Date => "Date:",
            Label::ImageSource => "Image Source:",
            Label::Headlines => "Headlines:",
            Label::Details => "Details:",
        }
    }

    /// Returns an example of a line with the label, or of the list below it.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Label::Volume => "“Vol: 1.5”",
            Label::Date => "“Date: March 11, 2022”",
            Label::ImageSource => "“Image Source: Japan Times”",
            Label::Headlines => "“Headlines:”, and below it a list of the headlines",
            Label::Details => "“Details:”, and below it a list with a detail for each headline",
        }
    }

    /// Returns true if the label stands above a list.
    pub(crate) fn has_list(self) -> bool {
        matches!(self, Label::Headlines | Label::Details)
    }

    /// Returns true if the label's value ends with its line.
    pub(crate) fn has_one_line(self) -> bool {
        matches!(self, Label::Volume | Label::Date)
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Label::Volume => &[
                "vol.", "vol", "volume", "no.", "no", "number", "issue", "号", "巻",
            ],
            Label::Date => &["date", "published", "日付", "発行日"],
            Label::ImageSource => &[
                "image source",
                "image credit",
                "photo source",
                "photo credit",
                "photo",
                "credit",
                "画像出典",
                "画像提供",
                "写真出典",
                "写真提供",
                "写真",
            ],
            Label::Headlines => &["headlines", "headline", "見出し", "ヘッドライン"],
            Label::Details => &["details", "detail", "詳細", "本文"],
        }
    }

    fn find_value(self, line: &str, name: &str) -> Option<usize> {
        let start = line
            .get(..name.len())
            .filter(|start| start.eq_ignore_ascii_case(name))?;
        let rest = line[start.len()..].trim_start();
        let colon = [':', '：']
            .into_iter()
            .find_map(|colon| rest.strip_prefix(colon));
        match colon {
            Some(value) => Some(line.len() - value.len()),
            None if self.has_list() && rest.is_empty() => Some(line.len()),
            None if self == Label::Date && date::parse_date(rest).is_ok() => {
                Some(line.len() - rest.len())
            }
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_in_english_and_japanese() {
        for (line, label, value) in [
            ("Vol: 1.5", Label::Volume, "1.5"),
            ("VOL. 1.5", Label::Volume, "1.5"),
            ("Vol.: 1.5", Label::Volume, "1.5"),
            ("Volume 3, Issue 4", Label::Volume, "3, Issue 4"),
            ("Issue: spring", Label::Volume, " spring"),
            ("号：１２", Label::Volume, "１２"),
            ("第12号", Label::Volume, "12号"),
            ("date : 2022-03-11", Label::Date, " 2022-03-11"),
            ("Date March 11, 2022", Label::Date, "March 11, 2022"),
            ("発行日 2022年3月11日", Label::Date, "2022年3月11日"),
            ("IMAGE SOURCE:", Label::ImageSource, ""),
            ("写真提供：共同通信", Label::ImageSource, "共同通信"),
            ("Headlines", Label::Headlines, ""),
            ("見出し：", Label::Headlines, ""),
            ("Headlines: two", Label::Headlines, " two"),
            ("details", Label::Details, ""),
        ] {
            let found = Label::find_at_start(line).map(|(label, start)| (label, &line[start..]));
            assert_eq!(found, Some((label, value)), "{line}");
        }
    }

    #[test]
    fn other_lines_are_no_labels() {
        for line in [
            "",
            "Vol",
            "Volume two will follow: soon",
            "No 5 of 7",
            "No one",
            "Issue",
            "Date",
            "Date of birth: 1970",
            "The Details:",
            "Details follow",
            "Vo\u{301}l:",
            "日",
            "写真",
            "Image: radar.jpg",
            "第一回",
        ] {
            assert_eq!(Label::find_at_start(line), None, "{line}");
        }
    }
}
