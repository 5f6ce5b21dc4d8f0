export { cursorOf, type Key, keyOfCursor } from './cursor.js';
export { isPast, orderOf, type TableOrder } from './queries.js';
export { type Direction, readWindow, type Stretch, type WindowSource } from './read-window.js';
export { type Window, type WindowAsked, windowBody, windowQuery } from './window.js';
export { WindowError, type WindowErrorCode } from './window-error.js';
