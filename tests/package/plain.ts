// A project without a framework.

import { DigestWidget, type Issue } from 'digest-widget';
import 'digest-widget/define';

const widget = document.createElement('digest-widget');
const same: DigestWidget = widget;
const found: DigestWidget | null = document.querySelector('digest-widget');

widget.src = 'issue.json';
widget.src = null;
widget.theme = 'dark';
widget.headingLevel = 3;
widget.open = 'first';
widget.open('radar');
widget.close('radar');
widget.lang = 'ja';
// @ts-expect-error: there is no such theme.
widget.theme = 'blue';
// @ts-expect-error: a title's level is at most 5.
widget.headingLevel = 6;
// @ts-expect-error: a panel has an id.
widget.open();
// @ts-expect-error: the type of `src` is not any.
widget.src = 1;

const issue: Issue = {
  format: 1,
  id: 'digest-1.5',
  title: 'Digest',
  volume: '1.5',
  date: '2022-03-11',
  lang: 'en',
  image: { credit: { text: 'Japan Times' } },
  headlines: [
    {
      id: 'radar',
      text: 'Radar',
      detail: [['It was ', { text: 'completed', strong: true, href: 'https://example.com/' }], { list: [['one']] }],
    },
  ],
};
widget.issue = issue;
widget.issue = null;
// @ts-expect-error: an issue has a title.
widget.issue = { format: 1 };

widget.addEventListener('digest-load', ({ detail }) => detail.id.length);
document.addEventListener('digest-toggle', ({ detail }) => (detail.open ? detail.id : undefined));
addEventListener('digest-error', ({ detail }) => {
  if (detail.reason === 'status') console.log(detail.src, detail.cause);
  // @ts-expect-error: there is no such reason.
  if (detail.reason === 'weather') return;
});
found?.addEventListener('digest-link', (event) => {
  // @ts-expect-error: this event has no `open`.
  if (event.detail.open) return;
  if (event.detail.href.startsWith('mailto:')) event.preventDefault();
});

customElements.define('my-digest', class extends DigestWidget {});
same.reload();
