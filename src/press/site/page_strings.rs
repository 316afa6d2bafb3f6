//! The interface strings of the pages around a digest.

use digest_issue::Lang;

/// The strings of one language.
///
/// The strings of the digest itself are in `digest_view::Strings`, which readers download.
pub(crate) struct PageStrings {
    /// The language, as a BCP 47 tag.
    pub(crate) lang: &'static str,
    /// The label of the navigation through the series.
    pub(crate) series: &'static str,
    /// The link to the page of all issues.
    pub(crate) all_issues: &'static str,
    /// The link to all issues in a widget, where they can be searched.
    pub(crate) find_issues: &'static str,
    /// The label of the navigation to the neighbouring issues.
    pub(crate) neighbours: &'static str,
    /// The text before the name of the previous or next issue.
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    /// The text before the links to the citation files.
    pub(crate) cite: &'static str,
    /// The text before the links to the feeds.
    pub(crate) follow: &'static str,
    /// The text before the links to the configurator, which makes the snippet for a site.
    pub(crate) embed: &'static str,
    /// The link for the newest issue.
    pub(crate) embed_newest: &'static str,
    /// The link on the page of an issue, for that issue.
    pub(crate) embed_this: &'static str,
    /// The link on the page of all issues, for an issue to be chosen.
    pub(crate) embed_one: &'static str,
    /// The text before the permanent URL of the page.
    pub(crate) address: &'static str,
    /// The label of the navigation to the years.
    pub(crate) years: &'static str,
    /// The text shown if there are no issues.
    pub(crate) no_issues: &'static str,
}

impl PageStrings {
    /// Returns the strings for a language, or the English ones if there are none.
    pub(crate) fn for_lang(lang: &Lang) -> &'static PageStrings {
        PageStrings::for_tag(lang.as_str())
    }

    /// Returns the strings for a language tag such as "ja-JP", or the English ones if there are none.
    pub(crate) fn for_tag(tag: &str) -> &'static PageStrings {
        if Lang::tag_matches(tag, JAPANESE.lang) {
            &JAPANESE
        } else {
            &ENGLISH
        }
    }
}

static ENGLISH: PageStrings = PageStrings {
    lang: "en",
    series: "Series",
    all_issues: "All issues",
    find_issues: "All issues and search",
    neighbours: "Other issues",
    previous: "Previous issue",
    next: "Next issue",
    cite: "Cite:",
    follow: "Follow:",
    embed: "Show on your site:",
    embed_newest: "always the newest issue",
    embed_this: "this issue for good",
    embed_one: "one issue for good",
    address: "Permanent address:",
    years: "Years",
    no_issues: "There are no issues yet.",
};

static JAPANESE: PageStrings = PageStrings {
    lang: "ja",
    series: "シリーズ",
    all_issues: "すべての号",
    find_issues: "すべての号・検索",
    neighbours: "前後の号",
    previous: "前の号",
    next: "次の号",
    cite: "引用：",
    follow: "購読：",
    embed: "自分のサイトに表示：",
    embed_newest: "常に最新号",
    embed_this: "この号だけ",
    embed_one: "一つの号だけ",
    address: "固定URL：",
    years: "年",
    no_issues: "まだ号がありません。",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_digest_have_strings_in_the_same_language() {
        for tag in ["en", "ja-JP", "de", "ar"] {
            let digest = digest_view::Strings::for_lang(tag).lang;
            assert_eq!(PageStrings::for_lang(&Lang::new(tag)).lang, digest, "{tag}");
        }
    }
}
