//! Notations of numbers, by the names that Word has for them.

/// Formats a number in a notation of Word, such as `lowerRoman`. Returns `None` for a notation that
/// is not known, or that does not have this number.
pub(crate) fn format_number(notation: &str, number: usize) -> Option<String> {
    let decimal = number.to_string();
    Some(match notation {
        "decimal" | "decimalHalfWidth" => decimal,
        "decimalZero" => format!("{number:02}"),
        "none" | "bullet" => String::new(),
        "decimalFullWidth" | "decimalFullWidth2" => map_digits(number, "０１２３４５６７８９"),
        "ideographDigital" | "japaneseDigitalTenThousand" => {
            map_digits(number, "〇一二三四五六七八九")
        }
        "taiwaneseDigital" | "koreanDigital2" => map_digits(number, "○一二三四五六七八九"),
        "numberInDash" => format!("- {number} -"),
        "ordinal" => format!("{number}{}", ordinal_ending(number)),
        "hex" => format!("{number:X}"),
        "upperLetter" => repeat_letter(number, 'A', 26),
        "lowerLetter" => repeat_letter(number, 'a', 26),
        "upperRoman" => format_roman(number)?,
        "lowerRoman" => format_roman(number)?.to_lowercase(),
        "japaneseCounting"
        | "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => format_kanji(number)?,
        "chicago" => repeat(number, "*†‡§")?,
        "aiueo" => pick(number, "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ")?,
        "aiueoFullWidth" => pick(
            number,
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
        )?,
        "iroha" => pick(number, "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ")?,
        "irohaFullWidth" => pick(
            number,
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
        )?,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclose(number, CIRCLED),
        "decimalEnclosedFullstop" => enclose(number, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "decimalEnclosedParen" => enclose(number, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "ideographEnclosedCircle" => enclose(number, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "ideographTraditional" => pick(number, "甲乙丙丁戊己庚辛壬癸")?,
        "ideographZodiac" => pick(number, "子丑寅卯辰巳午未申酉戌亥")?,
        "ganada" => pick(number, "가나다라마바사아자차카타파하")?,
        "chosung" => pick(number, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")?,
        "russianLower" => pick(number, RUSSIAN)?,
        "russianUpper" => pick(number, RUSSIAN)?.to_uppercase(),
        // Notations of newer versions are given by their first numbers: `001, 002, 003, ...`.
        _ => pad_like(notation.split(',').next().unwrap_or_default(), number)?,
    })
}

const CIRCLED: &str =
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";

const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";

/// Longest marker of repeated signs: a list of thousands could fill the text with them.
const MAX_REPEATED: usize = 20;

/// Returns the sign of a number; after the last one they start again.
fn pick(number: usize, signs: &str) -> Option<String> {
    let index = number.checked_sub(1)? % signs.chars().count();
    signs.chars().nth(index).map(String::from)
}

/// Returns the sign of a number; after the last one there are only digits.
fn enclose(number: usize, signs: &str) -> String {
    let sign = number
        .checked_sub(1)
        .and_then(|index| signs.chars().nth(index));
    sign.map_or_else(|| number.to_string(), String::from)
}

/// Returns the sign of a number, doubled after the last one, then tripled.
fn repeat(number: usize, signs: &str) -> Option<String> {
    let times = 1 + number.checked_sub(1)? / signs.chars().count();
    Some(pick(number, signs)?.repeat(times.min(MAX_REPEATED)))
}

/// Letters after z are doubled: aa, bb.
fn repeat_letter(number: usize, first: char, count: usize) -> String {
    let letters: String = (first..).take(count).collect();
    repeat(number, &letters).unwrap_or_default()
}

fn map_digits(number: usize, digits: &str) -> String {
    let decimal = number.to_string();
    let digit = |digit: char| digits.chars().nth(digit.to_digit(10)? as usize);
    decimal.chars().filter_map(digit).collect()
}

/// Formats a number with as many digits as the first one of the notation has.
fn pad_like(first: &str, number: usize) -> Option<String> {
    let width = first.len();
    let is_one = first.strip_suffix('1')?.bytes().all(|digit| digit == b'0');
    (is_one && width <= MAX_REPEATED).then(|| format!("{number:0width$}"))
}

fn ordinal_ending(number: usize) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// Formats numbers below 4,000: there is no common notation for larger ones.
fn format_roman(number: usize) -> Option<String> {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = (1..4000).contains(&number).then_some(number)?;
    let mut roman = String::new();
    for (value, numeral) in NUMERALS {
        roman.push_str(&numeral.repeat(rest / value));
        rest %= value;
    }
    Some(roman)
}

/// Formats numbers below 10,000 as they are counted in kanji: 二十一.
fn format_kanji(number: usize) -> Option<String> {
    let mut rest = (1..10_000).contains(&number).then_some(number)?;
    let mut kanji = String::new();
    for (value, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = rest / value;
        rest %= value;
        if digit > 1 || digit == 1 && value == 1 {
            kanji.push_str(&map_digits(digit, "〇一二三四五六七八九"));
        }
        if digit > 0 {
            kanji.push_str(unit);
        }
    }
    Some(kanji)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_word() {
        for (notation, number, expected) in [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("upperLetter", 2, "B"),
            ("lowerLetter", 28, "bb"),
            ("lowerRoman", 1994, "mcmxciv"),
            ("upperRoman", 4, "IV"),
            ("ordinal", 22, "22nd"),
            ("ordinal", 12, "12th"),
            ("chicago", 6, "††"),
            ("decimalFullWidth", 10, "１０"),
            ("ideographDigital", 20, "二〇"),
            ("japaneseCounting", 21, "二十一"),
            ("japaneseCounting", 1110, "千百十"),
            ("aiueo", 2, "ｲ"),
            ("aiueoFullWidth", 47, "ア"),
            ("irohaFullWidth", 3, "ハ"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 51, "51"),
            ("ideographTraditional", 3, "丙"),
            ("none", 3, ""),
            ("001, 002, 003, ...", 12, "012"),
        ] {
            assert_eq!(
                format_number(notation, number).as_deref(),
                Some(expected),
                "{notation}"
            );
        }
        assert_eq!(format_number("hebrew1", 1), None);
        assert_eq!(format_number("lowerRoman", 4000), None);
        assert_eq!(format_number("lowerRoman", 0), None);
    }
}
