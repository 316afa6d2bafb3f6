import type {} from 'digest-widget/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Props = SvelteHTMLElements['digest-widget'];

const props: Props = { src: 'issue.json', 'heading-level': '3', 'ondigest-load': ({ detail }) => detail.id };
// @ts-expect-error: there is no such theme.
const blue: Props = { theme: 'blue' };
export { blue, props };
