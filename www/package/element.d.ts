import type { Issue } from './issue.js';

export type * from './issue.js';

/** DESCRIPTION */
export class DigestWidget extends HTMLElement {
  // MEMBERS
}

/** The events of a `<digest-widget>`. They bubble and cross shadow roots. */
export interface DigestEventMap {
  // EVENTS
}

/** The JSX props of a `<digest-widget>`: attributes, properties and `on` + event listeners. */
export type DigestProps = DigestAttributes & DigestProperties & DigestListeners;

/** The attributes. */
export interface DigestAttributes {
  // ATTRIBUTES
}

/** The properties with the types that can be assigned. */
export interface DigestProperties {
  // PROPERTIES
}

/** The listeners, as React and Svelte name them: `ondigest-load`. */
export type DigestListeners = {
  [Type in keyof DigestEventMap as `on${Type}`]?: (event: DigestEventMap[Type]) => void;
};

/** Attributes are text in HTML, so both `heading-level="3"` and `heading-level={3}` are allowed. */
type Attribute<Value extends string | number> = Value | `${Value}` | null;

declare global {
  interface HTMLElementTagNameMap {
    'digest-widget': DigestWidget;
  }

  // The events of every element, of documents and of windows.
  interface GlobalEventHandlersEventMap extends DigestEventMap {}
}
