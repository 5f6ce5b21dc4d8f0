import sharp from 'sharp';
import type { DecodedPicture } from './outcomes.js';

/**
 * A WebP made of pixels and nothing else: no metadata, no thumbnail, no byte of the file they came from. Nothing is
 * decoded here, so it runs in the caller's process.
 */
export const encodePixels = ({
  rgb,
  width,
  height,
}: Pick<DecodedPicture, 'rgb' | 'width' | 'height'>): Promise<Buffer> =>
  sharp(rgb, { raw: { width, height, channels: 3 } })
    .webp({ quality: 82, effort: 2 })
    .toBuffer();
