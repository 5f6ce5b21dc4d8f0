import sharp, { type Sharp } from 'sharp';
import type { Picture } from './make-picture.js';

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** How a copy differs from its picture; edits are made in the order of the fields. */
export interface Copy {
  /** JPEG, unless said otherwise. */
  readonly format?: PictureFormat;
  /** Encoder quality 1 to 100; 90 when left out. Lossless formats ignore it. */
  readonly quality?: number;
  /** Share of the width and height cut off at each side: 0.02 leaves 96 %. */
  readonly crop?: number;
  /** Factor on width and height. */
  readonly resize?: number;
  /** Factor on the light of every pixel: 1.2 is brighter. */
  readonly brightness?: number;
  readonly mirror?: 'left-right' | 'upside-down';
  /** JPEG only. */
  readonly scans?: 'baseline' | 'progressive';
}

/** A picture, or an edited copy of it, as the bytes of a file. */
export const encode = async (picture: Picture, copy: Copy = {}): Promise<Uint8Array> => {
  const { width, height } = picture;
  const { format = 'jpeg', quality = 90, crop = 0, resize = 1, brightness = 1, mirror, scans = 'baseline' } = copy;
  const left = Math.round(width * crop);
  const top = Math.round(height * crop);
  const kept = { left, top, width: width - 2 * left, height: height - 2 * top };
  let image = sharp(picture.rgb, { raw: { width, height, channels: 3 } }).extract(kept);
  if (resize !== 1) {
    image = image.resize(Math.round(kept.width * resize), Math.round(kept.height * resize), { fit: 'fill' });
  }
  if (brightness !== 1) image = image.linear(brightness, 0);
  if (mirror === 'left-right') image = image.flop();
  if (mirror === 'upside-down') image = image.flip();
  // A plain array, since `slice` of Node's `Buffer` shares its bytes. Asked for a quality, sharp would turn a PNG into
  // a palette picture.
  if (format === 'jpeg') return bytesOf(image.jpeg({ quality, progressive: scans === 'progressive' }));
  return bytesOf(format === 'png' ? image.png() : image.toFormat(format, { quality }));
};

const bytesOf = async (image: Sharp): Promise<Uint8Array> => new Uint8Array(await image.toBuffer());
