// The texts that the scripts write, in the language of the page. All others are in the page.

const STRINGS = {
  en: {
    title: 'Digest Widget: the digest on your page',
    description: 'Choose options, see the digest on a sample page, and copy the snippet for yours.',
    copy: 'Copy',
    copied: 'Copied',
    selected: 'Selected: press Ctrl+C',
    announce: (title, result) => `${title}: ${result}`,
    titles: {
      snippet: 'The snippet',
      post: 'In each post',
      script: 'Once for the whole site',
      policy: 'The lines of the policy',
    },
    invalidSrc: 'This is not the http or https address of an issue.',
    status: (status) => `the server answered ${status}`,
    noIssue: 'what arrived is not an issue',
    failed: (problem) => `The issue failed to load (${problem}), so its text is not in the snippet.`,
    noPost: 'This site has no cms.html beside that issue, so the snippet has a link instead of its text.',
    level: 'In a frame the title is a heading of level 1, unless you choose another: a frame is a page of its own.',
    foreign: (host) => `A frame shows only issues of ${host}, unless the publisher changes the policy in frame.html.`,
    noDeepLinks: 'Links to single headlines have no effect in a frame, because a frame has a separate address.',
    light: 'If your page is never dark, choose light colours: a frame follows the reader’s browser.',
    frame: 'Digest',
  },
  ja: {
    title: 'Digest Widget：ダイジェストをあなたのサイトに',
    description: '設定を選び、見本のページで表示を確かめて、あなたのページに貼り付けるコードをコピーします。',
    copy: 'コピー',
    copied: 'コピーしました',
    selected: '選択しました：Ctrl+Cでコピー',
    announce: (title, result) => `${title}：${result}`,
    titles: {
      snippet: 'コード',
      post: '各投稿に',
      script: 'サイト全体に一度だけ',
      policy: 'ポリシーの行',
    },
    invalidSrc: 'httpまたはhttpsで始まる号のURLではありません。',
    status: (status) => `サーバーの応答：${status}`,
    noIssue: '受信したデータが号ではありません',
    failed: (problem) => `号を読み込めなかったため（${problem}）、コードに本文が入っていません。`,
    noPost: 'このサイトにはその号のcms.htmlがないため、本文の代わりにリンクが入ります。',
    level: 'フレームは独立したページなので、別のレベルを選ばない限り、タイトルは見出し1になります。',
    foreign: (host) => `発行者がframe.htmlのポリシーを変えない限り、フレームに表示できるのは${host}の号だけです。`,
    noDeepLinks: 'フレームは別のURLを持つため、見出しごとのリンクはフレームでは働きません。',
    light: '常に明るいページでは、明るい配色を選んでください。フレームの配色は読者のブラウザーに合わせて変わります。',
    frame: 'ダイジェスト',
  },
};

export const strings = STRINGS[document.documentElement.lang] ?? STRINGS.en;
