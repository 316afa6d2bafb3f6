import { DigestWidget } from 'digest-widget';

// For the test to register it.
globalThis.DigestWidget = DigestWidget;
