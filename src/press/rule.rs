//! The rules behind all diagnostics. Each has a published id for programs and says why it matters.

/// Declares the rules, each with its doc comment, id and reason.
macro_rules! rules {
    ($($(#[doc = $about:literal])+ $rule:ident $id:literal $why:literal;)+) => {
        /// The kind of problem that a diagnostic reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $about])+ $rule,)+
        }

        impl Rule {
            /// All rules, sorted by id.
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
    /// A headline without a detail and without a link.
    BareHeadline "bare-headline" "readers can neither open it nor follow it";
    /// A fault in digest-press itself.
    Bug "bug" "no newsletter should be able to cause this";
    /// An invisible character without a meaning.
    ControlCharacter "control-character"
        "browsers show nothing or a box, and screen readers stumble over it";
    /// A date that cannot be read.
    Date "date" "issues are sorted, announced and cited by date";
    /// A link to a page that no longer exists.
    DeadLink "dead-link" "readers who follow it get an error";
    /// A Word document, web page or feed that cannot be read.
    Document "document" "only a document that can be read completely can be published";
    /// A bullet without text.
    EmptyBullet "empty-bullet" "readers would open an empty panel";
    /// A link without text.
    EmptyLink "empty-link" "readers cannot see it, and screen readers read out its address";
    /// A file that is not in UTF-8.
    Encoding "encoding" "its text would be garbled";
    /// A file that cannot be read or written.
    File "file" "nothing can be published without it";
    /// A page or picture on a host that is not the publisher's.
    ForeignHost "foreign-host" "readers, or only their browsers, would be led to a stranger";
    /// A violation of the issue format.
    Format "format" "the widget could not show the issue, or would show it wrong";
    /// Settings at the top of a newsletter that cannot be read.
    FrontMatter "front-matter" "these settings would be lost";
    /// Half-written Markdown: a link, bold or a definition that is not complete.
    HalfWritten "half-written" "readers would see its signs, and no link or bold";
    /// A picture that cannot be read or shown.
    Image "image" "readers would see a gap instead";
    /// An image without a description.
    ImageText "image-text" "readers who cannot see it would not know what it shows";
    /// An invisible character that changes what readers see or find.
    InvisibleCharacter "invisible-character"
        "text may appear in another order, or not be found by a search";
    /// A language that is not given by its tag.
    Language "language"
        "screen readers and browsers need it to read a text out and to break its lines";
    /// Content outside the newsletter's text: a comment in the front matter, a header, comment or
    /// hidden text in a Word document or web page, or a part of a feed.
    LeftOut "left-out" "readers of the issue will not see it";
    /// A newsletter that is larger than any limit allows.
    Limit "limit" "reading on could take all memory or hours, and no newsletter needs as much";
    /// A link in a text that cannot have links.
    LinkInPlainText "link-in-plain-text"
        "this text is a control or is shown alone, so its link would be lost";
    /// A link with a title.
    LinkTitle "link-title" "phones and screen readers do not show it";
    /// A link to a private network or to one computer.
    LocalLink "local-link" "readers outside cannot open it";
    /// A direction of text or a notation of numbers that no issue has.
    Look "look" "without it the text may mean something else";
    /// Bold, italics or code in a text that has only one style.
    Marks "marks" "the words stay, but they will not stand out";
    /// A required part that is missing.
    MissingPart "missing-part" "issues are named, sorted and shown by it";
    /// A published id that no longer exists.
    Moved "moved" "readers' links and embedders' pages still request it";
    /// A link to a page that has moved permanently.
    MovedLink "moved-link" "the old address may stop working";
    /// Content that has no place in an issue.
    NoPlace "no-place" "it would be lost silently";
    /// A folder that is not empty.
    NotEmpty "not-empty" "its files could be lost";
    /// An output folder that cannot be written.
    Output "output" "the published folder must be complete, and none of its files may be lost";
    /// Headlines and details that differ in number.
    Pairs "pairs" "headlines would open the wrong details";
    /// A link that leads nowhere.
    PlaceholderLink "placeholder-link" "readers who follow it get nowhere";
    /// A port of this computer that cannot be used.
    Port "port" "browsers could not find the preview";
    /// The same address twice in one detail.
    RepeatedLink "repeated-link" "one of the two may have been meant to lead elsewhere";
    /// A setting of the series that is not valid.
    Settings "settings" "it would have no effect";
    /// Several links where only one is possible.
    SeveralLinks "several-links" "all but one would be lost";
    /// A missing address of the site.
    SiteAddress "site-address"
        "feeds, snippets and search engines need the full addresses of its pages";
    /// A detail that seems to belong to another headline.
    SwappedDetails "swapped-details" "readers would open the detail of another headline";
    /// Code of a template or mail program in a text.
    TemplateCode "template-code" "digest-press does not run the code of templates and mail programs";
    /// A tracked change in a Word document that was neither accepted nor rejected.
    TrackedChange "tracked-change" "readers would see text that nobody has approved";
    /// A link with tracking parameters, or through a service that counts readers.
    TrackingLink "tracking-link" "it tracks readers for others, also when the link is copied";
    /// A part that occurs twice.
    Twice "twice" "one of the two would be lost";
    /// A link that could not be checked.
    UncheckedLink "unchecked-link" "it may be dead, or only closed to programs";
    /// A reference link without an address.
    UndefinedReference "undefined-reference" "readers would find no source behind it";
    /// Lists of headlines and details without labels.
    UnlabelledLists "unlabelled-lists" "details could be paired with headlines only by guessing";
    /// A newsletter that is not published: a draft, or an issue of a later day.
    Unpublished "unpublished" "readers will not see it";
    /// A link that readers must not be sent to.
    UnusableLink "unusable-link" "readers would be sent nowhere, or into danger";
    /// A volume that issues cannot be sorted by.
    Volume "volume" "issues could not be sorted";
}

impl Rule {
    /// The published id, which never changes: `placeholder-link`.
    #[must_use]
    pub fn id(self) -> &'static str {
        let [_, id, _] = self.texts();
        id
    }

    /// The kind of problem, as a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        let [about, _, _] = self.texts();
        // Each line of a doc comment begins with the space after its slashes.
        about.trim_start()
    }

    /// The reason for the rule.
    #[must_use]
    pub fn why(self) -> &'static str {
        let [_, _, why] = self.texts();
        why
    }
}
