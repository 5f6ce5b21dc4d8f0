import type { Frame } from './frames.js';
import { type DecodeCode, type DecodeMode, decodeCodes, decodeModes } from './outcomes.js';
import { type PictureType, pictureTypes } from './picture-type.js';

/** To the decoder process. The body is the input. */
export interface Request {
  readonly id: number;
  readonly mode: DecodeMode;
  readonly type: PictureType;
}

/** From it. The body is the pixels or, with a code, the reason as text; `hello` (once, at the start) carries versions. */
export type Reply =
  | { readonly kind: 'hello' }
  | { readonly kind: 'refusal'; readonly id: number; readonly code: DecodeCode }
  | ({ readonly kind: 'picture'; readonly id: number } & PictureHead);

export interface PictureHead {
  readonly width: number;
  readonly height: number;
  readonly storedWidth: number;
  readonly storedHeight: number;
  readonly channels: 'one' | 'several';
  readonly integrity: 'whole' | 'damaged';
}

/** Neither mode hands out more than this a side. */
export const longestSide = 512;

export const requestWords = ({ id, mode, type }: Request): number[] => [
  id,
  decodeModes.indexOf(mode),
  pictureTypes.indexOf(type),
];

export const requestOf = ({ words }: Frame): Request => {
  const [id = 0, mode = 0, type = 0] = words;
  return { id, mode: decodeModes[mode]!, type: pictureTypes[type]! };
};

const hello = 0;
const picture = 1;
const refusal = 2;
const oneChannel = 1;
const damaged = 2;

export const replyWords = (reply: Reply): number[] => {
  switch (reply.kind) {
    case 'hello':
      return [hello];
    case 'refusal':
      return [refusal, reply.id, decodeCodes.indexOf(reply.code)];
    case 'picture': {
      const flags = (reply.channels === 'one' ? oneChannel : 0) + (reply.integrity === 'damaged' ? damaged : 0);
      return [picture, reply.id, flags, reply.width, reply.height, reply.storedWidth, reply.storedHeight];
    }
  }
};

/**
 * The reply in a frame, or `undefined` when no sound decoder would send it: it has parsed hostile bytes, so nothing it
 * says is taken on trust.
 */
export const replyOf = ({ words, body }: Frame): Reply | undefined => {
  const [kind, id = 0, third = 0, width = 0, height = 0, storedWidth = 0, storedHeight = 0] = words;
  if (kind === hello) return { kind: 'hello' };
  if (kind === refusal) {
    const code = decodeCodes[third];
    return code === undefined ? undefined : { kind: 'refusal', id, code };
  }
  const sizesHold =
    inside(width) && inside(height) && storedWidth > 0 && storedHeight > 0 && body.length === 3 * width * height;
  if (kind !== picture || third > oneChannel + damaged || !sizesHold) return undefined;
  return {
    kind: 'picture',
    id,
    width,
    height,
    storedWidth,
    storedHeight,
    channels: (third & oneChannel) === 0 ? 'several' : 'one',
    integrity: (third & damaged) === 0 ? 'whole' : 'damaged',
  };
};

const inside = (side: number): boolean => side > 0 && side <= longestSide;
