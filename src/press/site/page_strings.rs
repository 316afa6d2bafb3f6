use digest_issue::Lang;

/// The words of the pages around the issues, in one language. Those of a digest are `digest_view::Strings`,
/// which readers download.
pub(crate) struct PageStrings {
    /// The language, as a BCP 47 tag.
    pub(crate) lang: &'static str,
    /// The name of the way through the whole series, and the link to all of its issues.
    pub(crate) series: &'static str,
    pub(crate) all_issues: &'static str,
    /// The name of the way to the issues beside this one, and what stands before their names.
    pub(crate) neighbours: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    /// What stands before the ways to cite an issue, and to follow the series.
    pub(crate) cite: &'static str,
    pub(crate) follow: &'static str,
    /// The link to the page that makes the snippet for a site.
    pub(crate) embed: &'static str,
    /// What stands before the address of the page, on paper.
    pub(crate) address: &'static str,
    /// The name of the way to the years.
    pub(crate) years: &'static str,
    /// What stands instead of the issues where there are none.
    pub(crate) no_issues: &'static str,
}

impl PageStrings {
    /// The words for a language, in English where there are none.
    pub(crate) fn for_lang(lang: &Lang) -> &'static PageStrings {
        if Lang::is(lang.as_str(), JAPANESE.lang) {
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
    neighbours: "Other issues",
    previous: "Previous issue",
    next: "Next issue",
    cite: "Cite:",
    follow: "Follow:",
    embed: "Show it on your site",
    address: "Permanent address:",
    years: "Years",
    no_issues: "There are no issues yet.",
};

static JAPANESE: PageStrings = PageStrings {
    lang: "ja",
    series: "シリーズ",
    all_issues: "すべての号",
    neighbours: "前後の号",
    previous: "前の号",
    next: "次の号",
    cite: "引用：",
    follow: "購読：",
    embed: "自分のサイトに表示する",
    address: "固定URL：",
    years: "年",
    no_issues: "まだ号がありません。",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_speaks_the_language_of_the_digest_in_it() {
        for tag in ["en", "ja-JP", "de", "ar"] {
            let digest = digest_view::Strings::for_lang(tag).lang;
            assert_eq!(PageStrings::for_lang(&Lang::new(tag)).lang, digest, "{tag}");
        }
    }
}
