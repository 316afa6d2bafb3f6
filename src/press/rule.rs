/// What a newsletter or an issue can be told about: it has a name, for programs, and a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The program itself is at fault.
    Bug,
    /// An invisible character that means nothing.
    ControlCharacter,
    /// A day that is not understood.
    Date,
    /// The page behind a link is gone.
    DeadLink,
    /// A Word document or web page cannot be read.
    Document,
    /// A bullet without text.
    EmptyBullet,
    /// A link without text.
    EmptyLink,
    /// The file is not in UTF-8.
    Encoding,
    /// A file cannot be read or written.
    File,
    /// A rule of the issue format is broken.
    Format,
    /// The settings at the top of a newsletter cannot be read.
    FrontMatter,
    /// A picture cannot be read or shown.
    Image,
    /// An image that is not described.
    ImageText,
    /// A language that is not named by its tag.
    Language,
    /// A part of a file that is not in the newsletter's text: a comment among its settings, or what a Word
    /// document or web page has beside its text.
    LeftOut,
    /// A link where no link can be.
    LinkInPlainText,
    /// A link has a title.
    LinkTitle,
    /// A link into one network or computer.
    LocalLink,
    /// Text whose look changes what it says: struck out, raised or lowered.
    Look,
    /// Bold, italics or code where a text is shown in one style.
    Marks,
    /// A part that every issue has is not there.
    MissingPart,
    /// What was published under an id is not there any more.
    Moved,
    /// The page behind a link has moved for good.
    MovedLink,
    /// A list in a list, where an issue has one level.
    Nesting,
    /// Something that an issue has no place for.
    NoPlace,
    /// A folder holds something already.
    NotEmpty,
    /// The folder that is to be served cannot be written.
    Output,
    /// As many details as headlines.
    Pairs,
    /// A link that leads nowhere.
    PlaceholderLink,
    /// A port of this computer cannot be used.
    Port,
    /// The same address twice in one detail.
    RepeatedLink,
    /// A setting of the series that is not understood.
    Settings,
    /// Several links where one can be.
    SeveralLinks,
    /// Where the site will be served is not said.
    SiteAddress,
    /// A detail seems to belong to another headline.
    SwappedDetails,
    /// A change in a Word document that was neither accepted nor rejected.
    TrackedChange,
    /// A link that carries marks to follow readers by.
    TrackingLink,
    /// The same part twice.
    Twice,
    /// A link that nothing was found out about.
    UncheckedLink,
    /// A link to a name that has no address.
    UndefinedReference,
    /// Lists of headlines and details without labels.
    UnlabelledLists,
    /// A link that no reader may be sent to.
    UnusableLink,
    /// A volume that issues cannot be put in order by.
    Volume,
}

impl Rule {
    /// Its name, which stays the same for good: `placeholder-link`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.texts().0
    }

    /// Why it matters.
    #[must_use]
    pub fn why(self) -> &'static str {
        self.texts().1
    }

    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Rule::Bug => ("bug", "no newsletter should be able to cause this"),
            Rule::ControlCharacter => {
                ("control-character", "browsers show nothing or a box for it, and screen readers stumble")
            }
            Rule::Date => ("date", "issues are put in order, announced and cited by their day"),
            Rule::DeadLink => ("dead-link", "a reader who follows it finds an error"),
            Rule::Document => ("document", "its text cannot be published unless it can be read whole"),
            Rule::EmptyBullet => ("empty-bullet", "a reader would open a panel with nothing in it"),
            Rule::EmptyLink => {
                ("empty-link", "a reader cannot see it, and a screen reader reads its address")
            }
            Rule::Encoding => ("encoding", "its text would reach readers mangled"),
            Rule::File => ("file", "nothing can be published without it"),
            Rule::Format => ("format", "a widget could not show the issue, or not as it is meant"),
            Rule::FrontMatter => ("front-matter", "what is written there would be lost"),
            Rule::Image => ("image", "readers would see an empty place instead"),
            Rule::ImageText => ("image-text", "readers who do not see it would not know what it shows"),
            Rule::Language => (
                "language",
                "screen readers and browsers read a text out and break its lines by its language",
            ),
            Rule::LeftOut => ("left-out", "readers of the issue will not see it"),
            Rule::LinkInPlainText => {
                ("link-in-plain-text", "this text is a control or is shown alone, so its link would be lost")
            }
            Rule::LinkTitle => ("link-title", "phones and screen readers do not show it"),
            Rule::LocalLink => ("local-link", "no reader outside of it gets there"),
            Rule::Look => ("look", "in one style it may say something else: 10⁵ would be 105"),
            Rule::Marks => ("marks", "the words stay, but they will not stand out"),
            Rule::MissingPart => ("missing-part", "issues are named, put in order and shown by it"),
            Rule::Moved => ("moved", "readers' links and partners' pages go on asking for it"),
            Rule::MovedLink => ("moved-link", "the old address will not lead on for ever"),
            Rule::Nesting => ("nesting", "the words stay, but not what belongs below what"),
            Rule::NoPlace => ("no-place", "what has no place would be lost without a word"),
            Rule::NotEmpty => ("not-empty", "what is in it could be lost"),
            Rule::Output => {
                ("output", "the folder that is served has to be whole, and nothing in it may be lost")
            }
            Rule::Pairs => ("pairs", "each headline would open another one's detail"),
            Rule::PlaceholderLink => ("placeholder-link", "a reader who follows it gets nowhere"),
            Rule::Port => ("port", "a browser could not find the preview"),
            Rule::RepeatedLink => ("repeated-link", "one of the two may have been meant to lead elsewhere"),
            Rule::Settings => ("settings", "what it was meant to do would not happen"),
            Rule::SeveralLinks => ("several-links", "all but one would be lost"),
            Rule::SiteAddress => {
                ("site-address", "feeds, snippets and search engines need the whole addresses of its pages")
            }
            Rule::SwappedDetails => ("swapped-details", "a reader would open another headline's detail"),
            Rule::TrackedChange => ("tracked-change", "readers would see a text that nobody has approved"),
            Rule::TrackingLink => (
                "tracking-link",
                "it counts and follows readers for others, and whoever cites it hands it on",
            ),
            Rule::Twice => ("twice", "one of the two would be lost"),
            Rule::UncheckedLink => ("unchecked-link", "it may be gone, or it may only be closed to programs"),
            Rule::UndefinedReference => ("undefined-reference", "a reader would find no source behind it"),
            Rule::UnlabelledLists => {
                ("unlabelled-lists", "a headline would open a detail that was only guessed to be its own")
            }
            Rule::UnusableLink => ("unusable-link", "a reader would be sent nowhere, or into danger"),
            Rule::Volume => ("volume", "issues could not be put in order"),
        }
    }
}
