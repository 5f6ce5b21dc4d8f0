import type { Frame } from './frames.js';
import { type DecodeCode, decodeCodes, decodeModes, type Look } from './outcomes.js';
import { type PictureType, pictureTypes } from './picture-type.js';

/** As the caller may ask, or `screen`: for eyes. */
export const requestModes = [...decodeModes, 'screen'] as const;
export type RequestMode = (typeof requestModes)[number];

/** To the decoder process. The body is the input. */
export interface Request {
  readonly id: number;
  readonly mode: RequestMode;
  readonly type: PictureType;
  /** Of the mode `screen`. */
  readonly look?: Look | undefined;
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

/** Neither of the modes for fingerprints hands out more than this a side. */
export const longestSide = 512;
/** Nor the one for eyes more than this. */
export const longestScreenSide = 1600;

export const requestWords = ({ id, mode, type, look }: Request): number[] => [
  id,
  requestModes.indexOf(mode),
  pictureTypes.indexOf(type),
  ...(look === undefined ? [] : [look.side, look.tone === 'grey' ? 1 : 0, Math.round(look.blur * 10)]),
];

export const requestOf = ({ words }: Frame): Request => {
  const [id = 0, modeWord = 0, type = 0, side = 0, grey = 0, blur = 0] = words;
  const mode = requestModes[modeWord]!;
  const plain = { id, mode, type: pictureTypes[type]! };
  return mode === 'screen'
    ? { ...plain, look: { side, tone: grey === 1 ? 'grey' : 'colour', blur: blur / 10 } }
    : plain;
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

const inside = (side: number): boolean => side > 0 && side <= longestScreenSide;

/** Whether pixels are no more than was asked for. */
export const fits = ({ mode, look }: Pick<Request, 'mode' | 'look'>, { width, height }: PictureHead): boolean =>
  Math.max(width, height) <= (mode === 'screen' ? (look?.side ?? 0) : longestSide);
