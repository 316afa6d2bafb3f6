// Importing this module registers <digest-widget>; it exports nothing.
import './element.js';
