import type { DetailedHTMLProps, HTMLAttributes } from 'react';

import type { DigestProps, DigestWidget } from './element.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'digest-widget': DetailedHTMLProps<HTMLAttributes<DigestWidget>, DigestWidget> & DigestProps;
    }
  }
}
