//! The strings of the interface, in English and Japanese.

use digest_issue::Lang;

/// The strings of the interface in one language.
pub struct Strings {
    /// The language, as a BCP 47 tag.
    pub lang: &'static str,
    /// The text before and after the volume.
    pub volume: [&'static str; 2],
    /// The text before the credit of a picture.
    pub image: &'static str,
    /// The text before the day of a correction.
    pub corrected: &'static str,
    /// The label of the switch of a closed panel.
    pub show: &'static str,
    /// The label of the switch of an open panel.
    pub hide: &'static str,
    /// The label of the button that opens every panel.
    pub open_all: &'static str,
    /// The label of the button that closes every panel.
    pub close_all: &'static str,
    /// The message without a response.
    pub unreachable: &'static str,
    /// The text before and after the error status.
    pub status: [&'static str; 2],
    /// The message for a response that is not an issue.
    pub unreadable: &'static str,
    /// The message for an issue that needs a newer widget.
    pub newer: &'static str,
    /// The message for an issue beyond the limits.
    pub too_large: &'static str,
    /// The message for an issue without headlines.
    pub empty: &'static str,
    /// The name of a table that can be scrolled.
    pub table: &'static str,
    /// The label of the button that loads the issue again.
    pub retry: &'static str,
    /// The label of that button while the issue loads again.
    pub retrying: &'static str,
}

impl Strings {
    /// The strings of all languages, English first: any other language has its strings.
    pub const ALL: [&'static Strings; 2] = [&ENGLISH, &JAPANESE];

    /// Returns the strings for a language tag such as "ja-JP"; English if there are none.
    #[must_use]
    pub fn for_lang(tag: &str) -> &'static Strings {
        if Lang::tag_matches(tag, JAPANESE.lang) {
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
    corrected: "Corrected",
    show: "Show",
    hide: "Hide",
    open_all: "Open all",
    close_all: "Close all",
    unreachable: "The digest could not be reached. Check your connection and try again.",
    status: ["The digest could not be fetched: the server answered ", "."],
    unreadable: "The digest cannot be shown: what arrived is not a digest.",
    newer: "This issue is made for a newer version of the digest. Reload the page to get it.",
    too_large: "This issue is too large to show here.",
    empty: "This issue has no headlines yet.",
    table: "Table",
    retry: "Try again",
    retrying: "Trying again…",
};

static JAPANESE: Strings = Strings {
    lang: "ja",
    volume: ["第", "号"],
    image: "画像:",
    corrected: "訂正",
    show: "開く",
    hide: "閉じる",
    open_all: "すべて開く",
    close_all: "すべて閉じる",
    unreachable: "ダイジェストを取得できませんでした。接続を確認して、もう一度お試しください。",
    status: [
        "ダイジェストを取得できませんでした（サーバーの応答：",
        "）。",
    ],
    unreadable: "ダイジェストを表示できません。受信したデータがダイジェストではありません。",
    newer: "このダイジェストの表示には新しいバージョンが必要です。ページを再読み込みしてください。",
    too_large: "この号は大きすぎて表示できません。",
    empty: "この号にはまだ見出しがありません。",
    table: "表",
    retry: "もう一度試す",
    retrying: "再試行しています…",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primary_language_of_the_tag_decides() {
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
