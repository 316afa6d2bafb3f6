/// Writes each rule down once: what it is about, what it is called and why it matters.
macro_rules! rules {
    ($($(#[doc = $about:literal])+ $rule:ident $id:literal $why:literal;)+) => {
        /// What a newsletter or an issue can be told about: it has a name, for programs, and a reason.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $about])+ $rule,)+
        }

        impl Rule {
            /// All of them, in the order of their names.
            pub const ALL: &[Rule] = &[$(Rule::$rule),+];

            fn texts(self) -> [&'static str; 3] {
                match self {
                    $(Rule::$rule => [concat!($($about),+), $id, $why],)+
                }
            }
        }
    };
}

rules! {
    /// The program itself is at fault.
    Bug "bug" "no newsletter should be able to cause this";
    /// An invisible character that means nothing.
    ControlCharacter "control-character" "browsers show nothing or a box for it, and screen readers stumble";
    /// A day that is not understood.
    Date "date" "issues are put in order, announced and cited by their day";
    /// The page behind a link is gone.
    DeadLink "dead-link" "a reader who follows it finds an error";
    /// A Word document or web page cannot be read.
    Document "document" "its text cannot be published unless it can be read whole";
    /// A bullet without text.
    EmptyBullet "empty-bullet" "a reader would open a panel with nothing in it";
    /// A link without text.
    EmptyLink "empty-link" "a reader cannot see it, and a screen reader reads its address";
    /// The file is not in UTF-8.
    Encoding "encoding" "its text would reach readers mangled";
    /// A file cannot be read or written.
    File "file" "nothing can be published without it";
    /// A rule of the issue format is broken.
    Format "format" "a widget could not show the issue, or not as it is meant";
    /// The settings at the top of a newsletter cannot be read.
    FrontMatter "front-matter" "what is written there would be lost";
    /// A picture cannot be read or shown.
    Image "image" "readers would see an empty place instead";
    /// An image that is not described.
    ImageText "image-text" "readers who do not see it would not know what it shows";
    /// A language that is not named by its tag.
    Language "language" "screen readers and browsers read a text out and break its lines by its language";
    /// A part of a file that is not in the newsletter's text: a comment among its settings, or what a Word
    /// document or web page has beside its text.
    LeftOut "left-out" "readers of the issue will not see it";
    /// A link where no link can be.
    LinkInPlainText "link-in-plain-text"
        "this text is a control or is shown alone, so its link would be lost";
    /// A link with a title.
    LinkTitle "link-title" "phones and screen readers do not show it";
    /// A link into one network or computer.
    LocalLink "local-link" "no reader outside of it gets there";
    /// Text whose look changes what it says: struck out, raised or lowered.
    ElementStyle "look" "in one style it may say something else: 10⁵ would be 105";
    /// Bold, italics or code where a text is shown in one style.
    Marks "marks" "the words stay, but they will not stand out";
    /// A part that every issue has is not there.
    MissingPart "missing-part" "issues are named, put in order and shown by it";
    /// What was published under an id is not there any more.
    Moved "moved" "readers' links and partners' pages go on asking for it";
    /// The page behind a link has moved for good.
    MovedLink "moved-link" "the old address will not lead on for ever";
    /// A list in a list, where an issue has one level.
    Nesting "nesting" "the words stay, but not what belongs below what";
    /// Something that an issue has no place for.
    NoPlace "no-place" "what has no place would be lost without a word";
    /// A folder holds something already.
    NotEmpty "not-empty" "what is in it could be lost";
    /// The folder that is to be served cannot be written.
    Output "output" "the folder that is served has to be whole, and nothing in it may be lost";
    /// There are not as many details as headlines.
    Pairs "pairs" "each headline would open another one's detail";
    /// A link that leads nowhere.
    PlaceholderLink "placeholder-link" "a reader who follows it gets nowhere";
    /// A port of this computer cannot be used.
    Port "port" "a browser could not find the preview";
    /// The same address twice in one detail.
    RepeatedLink "repeated-link" "one of the two may have been meant to lead elsewhere";
    /// A setting of the series that is not understood.
    Settings "settings" "what it was meant to do would not happen";
    /// Several links where one can be.
    SeveralLinks "several-links" "all but one would be lost";
    /// Where the site will be served is not said.
    SiteAddress "site-address" "feeds, snippets and search engines need the whole addresses of its pages";
    /// A detail seems to belong to another headline.
    SwappedDetails "swapped-details" "a reader would open another headline's detail";
    /// A change in a Word document that was neither accepted nor rejected.
    TrackedChange "tracked-change" "readers would see a text that nobody has approved";
    /// A link that carries marks to follow readers by.
    TrackingLink "tracking-link" "it counts and follows readers for others, and whoever cites it hands it on";
    /// The same part twice.
    Twice "twice" "one of the two would be lost";
    /// A link that nothing was found out about.
    UncheckedLink "unchecked-link" "it may be gone, or it may only be closed to programs";
    /// A link to a name that has no address.
    UndefinedReference "undefined-reference" "a reader would find no source behind it";
    /// Lists of headlines and details without labels.
    UnlabelledLists "unlabelled-lists" "a headline would open a detail that was only guessed to be its own";
    /// A link that no reader may be sent to.
    UnusableLink "unusable-link" "a reader would be sent nowhere, or into danger";
    /// A volume that issues cannot be put in order by.
    Volume "volume" "issues could not be put in order";
}

impl Rule {
    /// Its name, which stays the same for good: `placeholder-link`.
    #[must_use]
    pub fn id(self) -> &'static str {
        let [_, id, _] = self.texts();
        id
    }

    /// What it is about, as a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        let [about, _, _] = self.texts();
        // Each line of the comment begins with the space behind its slashes.
        about.trim_start()
    }

    /// Why it matters.
    #[must_use]
    pub fn why(self) -> &'static str {
        let [_, _, why] = self.texts();
        why
    }
}
