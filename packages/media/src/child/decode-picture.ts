import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { DecodeLimits } from '../limits.js';
import type { Look } from '../outcomes.js';
import { longestSide, type PictureHead, type Request } from '../wire.js';
import { type Header, quickHeader } from './header.js';
import { nearest } from './nearest.js';
import { openSmallJpegDecoder } from './small-jpeg.js';

export interface Decoded {
  readonly head: PictureHead;
  readonly rgb: Uint8Array;
}
interface Raw {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}
type Strictness = 'strict' | 'lenient';

const smallJpeg = await openSmallJpegDecoder();

/**
 * Decodes one input; throws the decoder's error when even a lenient pass gives nothing.
 *
 * Colour profiles and the EXIF orientation are ignored and alpha is dropped rather than blended, as the reference
 * implementations do; luma is left to the fingerprint, since the grey of libvips works in linear light.
 */
export const decodePicture = async (bytes: Uint8Array, asked: Request, limits: DecodeLimits): Promise<Decoded> => {
  try {
    return await decode(bytes, asked, limits, 'strict');
  } catch (error) {
    if (limitIn(error) !== undefined) throw error;
    const decoded = await decode(bytes, asked, limits, 'lenient');
    if (isUniform(decoded.rgb)) throw error;
    return decoded;
  }
};

/** Which limit an error tells of. Limits hold in every pass: a second one would only meet them again. */
export const limitIn = (error: unknown): 'too-large' | 'timed-out' | undefined => {
  const message = error instanceof Error ? error.message : '';
  if (/timeout:/i.test(message)) return 'timed-out';
  return /exceeds pixel limit|out of memory|insufficient memory/i.test(message) ? 'too-large' : undefined;
};

/** A decoder that finds no pixels paints all of them alike: then nothing of the picture survived. */
const isUniform = (rgb: Uint8Array): boolean => {
  for (let at = 3; at < rgb.length; at++) if (rgb[at] !== rgb[at - 3]) return false;
  return true;
};

const decode = async (
  bytes: Uint8Array,
  { type, mode, look }: Request,
  limits: DecodeLimits,
  strictness: Strictness,
): Promise<Decoded> => {
  const options: SharpOptions = {
    failOn: strictness === 'strict' ? 'warning' : 'none',
    limitInputPixels: limits.pixels,
    ignoreIcc: true,
    sequentialRead: true,
  };
  const open = (): Sharp => sharp(bytes, options).timeout({ seconds: Math.ceil(limits.milliseconds / 1000) });
  const stored = quickHeader(bytes, type) ?? (await header(open()));
  const large = stored.width > longestSide || stored.height > longestSide;
  const allowed = stored.width * stored.height <= limits.pixels;
  const small = mode === 'default' && strictness === 'strict' && allowed ? smallJpeg(bytes, stored) : undefined;
  const raw: Raw =
    small !== undefined
      ? { rgb: small, width: stored.width, height: stored.height }
      : await (look !== undefined
          ? looked(open(), look)
          : mode === 'exact' || !large
            ? full(open())
            : shrunk(open(), stored));
  const { rgb, width, height } = mode === 'exact' && large ? onGrid(raw) : raw;
  return {
    rgb,
    head: {
      width,
      height,
      storedWidth: stored.width,
      storedHeight: stored.height,
      channels: stored.components === 1 ? 'one' : 'several',
      integrity: strictness === 'strict' ? 'whole' : 'damaged',
    },
  };
};

const header = async (picture: Sharp): Promise<Header> => {
  const { width, height, channels, hasAlpha } = await picture.metadata();
  return {
    width,
    height,
    components: channels - (hasAlpha ? 1 : 0),
    alpha: hasAlpha ? 'present' : 'none',
    coding: 'other',
  };
};

const pixels = async (picture: Sharp): Promise<Raw> => {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
};

const full = (picture: Sharp): Promise<Raw> => pixels(picture.removeAlpha());

/** Cubic costs half a millisecond less than the usual Lanczos; to the low frequencies of a PDQ they are the same. */
const inside = (picture: Sharp): Promise<Raw> =>
  pixels(
    picture.resize({
      width: longestSide,
      height: longestSide,
      fit: 'inside',
      withoutEnlargement: true,
      kernel: 'cubic',
    }),
  );

/** libvips blends with alpha before it shrinks, so that of a transparent picture alpha has to go first. */
const shrunk = async (picture: Sharp, { alpha }: Header): Promise<Raw> => {
  if (alpha === 'none') return inside(picture);
  const { rgb, width, height } = await full(picture);
  return inside(sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false }));
};

/** For eyes. Behind what is transparent lies middle grey, on which neither white nor black drawings vanish. */
const looked = async (picture: Sharp, { side, tone, blur }: Look): Promise<Raw> => {
  const sized = picture
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#808080' });
  const blurred = blur < 0.3 ? sized : sized.blur(blur);
  return inThree(await pixels(tone === 'colour' ? blurred.toColourspace('srgb') : blurred.greyscale()));
};

/** One channel becomes three that are equal. */
const inThree = ({ rgb: luma, ...size }: Raw): Raw => {
  if (luma.length === 3 * size.width * size.height) return { rgb: luma, ...size };
  const rgb = new Uint8Array(3 * luma.length);
  for (let at = 0; at < luma.length; at++) rgb.fill(luma[at]!, 3 * at, 3 * at + 3);
  return { rgb, ...size };
};

const onGrid = ({ rgb, width, height }: Raw): Raw => ({
  rgb: nearest(rgb, width, height, longestSide),
  width: longestSide,
  height: longestSide,
});
