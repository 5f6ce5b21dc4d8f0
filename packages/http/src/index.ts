export { actorHeader, actorOf, personOf } from './actor.js';
export { HttpError, type HttpErrorCode } from './http-error.js';
