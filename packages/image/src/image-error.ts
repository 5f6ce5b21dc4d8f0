import { CodedError } from '@tutela/core';

/** `relative-path`: an image that is not named by absolute paths. */
export class ImageError extends CodedError<'relative-path'> {}
