// The options of <digest-widget>, which the element, frame.html and the configurator share.
// custom-elements.json describes them; a test compares both.

/** The properties with the values that they have without their attributes. */
export const DEFAULTS = {
  src: '',
  theme: 'auto',
  headingLevel: 2,
  open: 'none',
  loading: 'eager',
  deepLinks: 'on',
  linkTarget: '',
  archive: 'off',
};

/** The attributes that frame.html accepts in its query, with their values. The others have no use in a frame. */
export const FRAME_VALUES = {
  theme: ['auto', 'light', 'dark'],
  open: ['none', 'first', 'all'],
  'heading-level': ['1', '2', '3', '4', '5'],
  lang: ['en', 'ja'],
  // Not _self: sources would open in the frame, and most sites forbid framing.
  'link-target': ['_blank', '_top', '_parent'],
};

/** The parts that a page can style. */
export const PARTS = [
  'issue',
  'header',
  'title',
  'meta',
  'volume',
  'date',
  'figure',
  'image',
  'caption',
  'credit',
  'intro',
  'open-all',
  'headlines',
  'section',
  'section-headlines',
  'item',
  'headline',
  'headline-link',
  'headline-source',
  'panel',
  'switch',
  'detail',
  'correction',
  'link',
  'source',
  'table',
  'outro',
  'message',
  'retry',
  'archive',
  'previous',
  'all-issues',
  'next',
  'archive-panel',
  'search-label',
  'search',
  'search-status',
  'results',
  'result-year',
  'result',
  'result-headline',
  'result-detail',
  'result-issue',
  'years',
  'year',
  'year-switch',
  'issues',
  'issue-link',
  'announcement',
];
