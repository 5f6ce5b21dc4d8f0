export type { Containment } from '@tutela/containment';
export { type Decoder, type DecoderOptions, openDecoder } from './decoder.js';
export { encodePixels } from './encode-pixels.js';
export { type DecodeLimits, defaultLimits } from './limits.js';
export {
  type DecodeCode,
  type DecodedPicture,
  type DecodeMode,
  type DecodeOutcome,
  decodeCodes,
  decodeModes,
  type Look,
} from './outcomes.js';
export { headLength, type Lane, laneOf, type PictureType, pictureTypeOf, pictureTypes } from './picture-type.js';
