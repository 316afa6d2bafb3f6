use digest_issue::Lang;

/// The words of the interface in one language. The words of an issue are in the issue.
pub struct Strings {
    /// The language, as a BCP 47 tag.
    pub lang: &'static str,
    /// What stands before and after the volume.
    pub volume: [&'static str; 2],
    /// What stands before the credit of a picture.
    pub image: &'static str,
    /// The name of each headline's switch.
    pub details: &'static str,
    /// The button that opens every panel.
    pub open_all: &'static str,
    /// The button that closes every panel.
    pub close_all: &'static str,
    /// While the issue is under way.
    pub loading: &'static str,
    /// No answer came.
    pub unreachable: &'static str,
    /// What stands before and after the status that the server answered with.
    pub status: [&'static str; 2],
    /// The answer is not an issue.
    pub unreadable: &'static str,
    /// The issue is made for a newer widget.
    pub newer: &'static str,
    /// The issue has no headlines.
    pub empty: &'static str,
    /// The button that fetches the issue again.
    pub retry: &'static str,
    /// That button while the issue is under way again.
    pub retrying: &'static str,
}

impl Strings {
    /// The words for a language tag such as "ja-JP", in English where there are none.
    #[must_use]
    pub fn for_lang(tag: &str) -> &'static Strings {
        if Lang::is(tag, JAPANESE.lang) {
            &JAPANESE
        } else {
            &ENGLISH
        }
    }
}

static ENGLISH: Strings = Strings {
    lang: "en",
    volume: ["Vol ", ""],
    image: "Image:",
    details: "Details",
    open_all: "Open all",
    close_all: "Close all",
    loading: "Loading the digest…",
    unreachable: "The digest could not be reached. Check your connection and try again.",
    status: ["The digest could not be fetched: the server answered ", "."],
    unreadable: "The digest cannot be shown: what arrived is not a digest.",
    newer: "This issue is made for a newer version of the digest. Reload the page to get it.",
    empty: "This issue has no headlines yet.",
    retry: "Try again",
    retrying: "Trying again…",
};

static JAPANESE: Strings = Strings {
    lang: "ja",
    volume: ["第", "号"],
    image: "画像:",
    details: "詳細",
    open_all: "すべて開く",
    close_all: "すべて閉じる",
    loading: "ダイジェストを読み込んでいます…",
    unreachable: "ダイジェストを取得できませんでした。接続を確認して、もう一度お試しください。",
    status: [
        "ダイジェストを取得できませんでした（サーバーの応答：",
        "）。",
    ],
    unreadable: "ダイジェストを表示できません。受信したデータがダイジェストではありません。",
    newer: "このダイジェストの表示には新しいバージョンが必要です。ページを再読み込みしてください。",
    empty: "この号にはまだ見出しがありません。",
    retry: "もう一度試す",
    retrying: "再試行しています…",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_tag_decides() {
        for (tag, lang) in [
            ("ja", "ja"),
            ("JA-jp", "ja"),
            ("en-GB", "en"),
            ("de", "en"),
            ("", "en"),
            ("jam", "en"),
        ] {
            assert_eq!(Strings::for_lang(tag).lang, lang, "{tag}");
        }
    }
}
