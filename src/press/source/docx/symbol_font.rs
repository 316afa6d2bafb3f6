//! The characters of fonts that show symbols instead of letters, in Unicode. Where most readers' fonts
//! lack the exact arrow or mark, the table has a common one.

/// Returns true for a font that shows symbols instead of letters.
pub(crate) fn is_symbol_font(font: &str) -> bool {
    find_table(font).is_some()
}

/// Returns the character that a symbol font shows for a code, which may be in Unicode's private
/// area as Word writes it: α for U+0061 and for U+F061 in Symbol.
pub(crate) fn map_symbol(font: &str, code: u32) -> Option<char> {
    let code = if is_private_code(code) {
        code - PRIVATE
    } else {
        code
    };
    let index = usize::try_from(code.checked_sub(FIRST)?).ok()?;
    let found = find_table(font)?.chars().nth(index)?;
    (found != char::REPLACEMENT_CHARACTER).then_some(found)
}

/// Returns true for the codes that mean something only in a symbol font.
pub(crate) fn is_private_code(code: u32) -> bool {
    (PRIVATE..=PRIVATE + 0xff).contains(&code)
}

/// Where Word places the codes of symbol fonts.
const PRIVATE: u32 = 0xf000;

/// The code of the first character of each table.
const FIRST: u32 = 0x20;

fn find_table(font: &str) -> Option<&'static str> {
    let table = TABLES
        .iter()
        .find(|(name, _)| font.trim().eq_ignore_ascii_case(name));
    table.map(|(_, table)| *table)
}

const TABLES: [(&str, &str); 6] = [
    ("Symbol", SYMBOL),
    ("SymbolMT", SYMBOL),
    ("Wingdings", WINGDINGS),
    ("Wingdings 2", WINGDINGS_2),
    ("Wingdings 3", WINGDINGS_3),
    ("Webdings", WEBDINGS),
];

#[rustfmt::skip]
const SYMBOL: &str = "\
    \u{20}!∀#∃%&∍()*+,−./\
    0123456789:;<=>?\
    ≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ\
    ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\
    ‾αβχδεφγηιϕκλμνο\
    πθρστυϖωξψζ{|}~�\
    ����������������\
    ����������������\
    €ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓\
    °±″≥×∝∂•÷≠≡≈…⏐⎯↵\
    ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉\
    ∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓\
    ◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\
    �〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�\
";

#[rustfmt::skip]
const WINGDINGS: &str = "\
    \u{20}🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭\
    🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍\
    🖎✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳\
    🏱✈☼🌢❄🕆✞🕈✠✡☪☯🕉☸♈♉\
    ♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■🞏\
    🞐❑❒🞟⧫◆❖⬩⌧⮹⌘🏵🏶🙶🙷▯\
    ⓪➀➁➂➃➄➅➆➇➈➉⓿➊➋➌➍\
    ➎➏➐➑➒➓🙢🙠🙡🙣🙞🙜🙝🙟∙•\
    ⬝○🞆🞈🞊🞋🔿▪◻🟁🟅★🟋🟏🟓🟑\
    ⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘\
    🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗\
    🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←\
    →↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦\
    ⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑�\
";

#[rustfmt::skip]
const WINGDINGS_2: &str = "\
    \u{20}🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋\
    🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙\
    🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗\
    ✓🗵☑⮽☒⮾⮿🛇⦸🙱🙴🙲🙳‽🙹🙺\
    🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥\
    ⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�\
    ☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤\
    🕥🕦🕧🙨🙩⋅🞄⦁●○🞅🞇🞉⊙⦿🞌\
    🞍◾■□🞑🞒🞓🞔▣🞕🞖🞗🞘⬩⬥◇\
    🞚◈🞛🞜🞝🞞⬪⬧◊🞠◖◗⯊⯋⯀⯁\
    ⬟⯂⬣⬢⯃⯄🞡🞢🞣🞤🞥🞦🞧🞨🞩🞪\
    🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺\
    🞻🞼🞽🞾🞿🟀🟂🟄🟆🟉🟊✶🟌🟎🟐🟒\
    ✹🟃🟇✯🟍🟔⯌⯍※⁂������\
";

#[rustfmt::skip]
const WINGDINGS_3: &str = "\
    \u{20}⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻\
    ⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧\
    ⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌\
    ⭮⭯⎋⌤⌃⌥␣⍽⇪⮸🢠🢡🢢🢣🢤🢥\
    🢦🢧🢨🢩🢪🢫🡐🡒🡑🡓🡔🡕🡗🡖🡘🡙\
    ▲▼△▽◀▶◁▷◣◢◤◥🞀🞂🞁�\
    🞃⯅⯆⯇⯈⮜⮞⮝⮟🠐🠒🠑🠓🠔🠖🠕\
    🠗🠘🠚🠙🠛🠜🠞🠝🠟🠀🠂🠁🠃🠄🠆🠅\
    🠇🠈🠊🠉🠋🠠🠢🠤🠦🠨🠪🠬🢜🢝🢞🢟\
    🠮🠰🠲🠴🠶🠸🠺🠹🠻🢘🢚🢙🢛🠼🠾🠽\
    🠿🡀🡂🡁🡃🡄🡆🡅🡇⮨⮩⮪⮫⮬⮭⮮\
    ⮯🡠🡢🡡🡣🡤🡥🡧🡦🡰🡲🡱🡳🡴🡵🡷\
    🡶🢀🢂🢁🢃🢄🢅🢇🢆🢐🢒🢑🢓🢔🢖🢕\
    🢗���������������\
";

#[rustfmt::skip]
const WEBDINGS: &str = "\
    \u{20}🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼\
    🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳\
    🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂\
    🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫\
    ⮔✔🚲⬜🛡📦🛱⬛🚑🛈🛩🛰🟈🕴⬤🛥\
    🚔🗘🗙❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲�\
    🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠\
    🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻\
    🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜\
    🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻\
    🖥🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒\
    🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫\
    🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦\
    🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊\
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_character_for_each_code() {
        for (name, table) in TABLES {
            assert_eq!(table.chars().count(), 0x100 - 0x20, "{name}");
        }
    }

    #[test]
    fn codes_of_symbol_fonts_are_mapped() {
        for (font, code, expected) in [
            ("Symbol", 0xf061, Some('α')),
            ("symbol", 0x61, Some('α')),
            ("Symbol", 0xf0b7, Some('•')),
            ("Wingdings", 0xf0e0, Some('→')),
            ("Wingdings", 0xf0fc, Some('✓')),
            ("Wingdings 2", 0xf050, Some('✓')),
            ("Webdings", 0xf061, Some('✔')),
            ("Symbol", 0xf080, None),
            ("Symbol", 0x65e5, None),
            ("Arial", 0xf061, None),
        ] {
            assert_eq!(map_symbol(font, code), expected, "{font} {code:x}");
        }
    }
}
