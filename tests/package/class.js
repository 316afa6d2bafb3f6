import { DigestWidget } from 'digest-widget';

// The test registers it.
globalThis.DigestWidget = DigestWidget;
