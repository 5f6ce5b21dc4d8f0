export { actorHeader, actorOf, personOf } from './actor.js';
export { HttpError, type HttpErrorCode } from './http-error.js';
export { refuse } from './refuse.js';
