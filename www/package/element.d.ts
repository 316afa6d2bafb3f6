import type { Issue } from './issue.js';

export type * from './issue.js';

/** DESCRIPTION */
export class DigestWidget extends HTMLElement {
  // MEMBERS
}

/** The events of a `<digest-widget>`. They bubble, out of shadow roots too. */
export interface DigestEventMap {
  // EVENTS
}

/** What JSX may say of a `<digest-widget>`: attributes, properties, and `on` before an event's name. */
export type DigestProps = DigestAttributes & DigestProperties & DigestListeners;

/** The attributes. */
export interface DigestAttributes {
  // ATTRIBUTES
}

/** The properties, each as it is assigned. */
export interface DigestProperties {
  // PROPERTIES
}

/** The listeners, as React and Svelte name them: `ondigest-load`. */
export type DigestListeners = {
  [Type in keyof DigestEventMap as `on${Type}`]?: (event: DigestEventMap[Type]) => void;
};

/** HTML has nothing but text, so `heading-level="3"` is as good as `heading-level={3}`. */
type Attribute<Value extends string | number> = Value | `${Value}` | null;

declare global {
  interface HTMLElementTagNameMap {
    'digest-widget': DigestWidget;
  }

  // These are the events of every element, of documents and of windows.
  interface GlobalEventHandlersEventMap extends DigestEventMap {}
}
