import createModule from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import { longestSide } from '../wire.js';
import type { Header } from './header.js';

/**
 * Thumbnails: for a small baseline JPEG, handing it to libvips costs several times its decoding. libjpeg-turbo in
 * WebAssembly gives the same pixels at once (`small-jpeg.test.ts`), and cannot reach beyond its own memory.
 *
 * Returns `undefined` for anything it is not for or complains about; then the decoder proper decides. Of damaged
 * coefficients it may make other pixels than the reference's vector code, so the exact mode does without it.
 */
export type SmallJpegDecoder = (bytes: Uint8Array, header: Header) => Uint8Array | undefined;

const longestInput = 1 << 18;

export const openSmallJpegDecoder = async (): Promise<SmallJpegDecoder> => {
  let decoder: Decoder | undefined = await open();
  // What threw may have left anything behind in its memory: it is given up and another one opened.
  const replace = (): void => {
    decoder = undefined;
    void open().then((fresh) => {
      decoder = fresh;
    });
  };
  return (bytes, header) => {
    if (decoder === undefined || !isFor(bytes, header)) return undefined;
    try {
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decode();
      const { width, height, componentCount } = decoder.getFrameInfo();
      const agrees = width === header.width && height === header.height && componentCount === header.components;
      return agrees ? inColour(decoder.getDecodedBuffer(), componentCount) : undefined;
    } catch {
      replace();
      return undefined;
    }
  };
};

type Decoder = InstanceType<Awaited<ReturnType<typeof createModule>>['JPEGDecoder']>;

const open = async (): Promise<Decoder> => {
  const { JPEGDecoder } = await createModule();
  return new JPEGDecoder();
};

const isFor = (bytes: Uint8Array, { width, height, components, coding }: Header): boolean =>
  bytes.length <= longestInput &&
  Math.max(width, height) <= longestSide &&
  coding === 'baseline jpeg' &&
  (components === 1 || components === 3);

/** A copy, three bytes a pixel: the decoder's own memory is used again. */
const inColour = (samples: Uint8ClampedArray, components: number): Uint8Array => {
  if (components === 3) return new Uint8Array(samples);
  const rgb = new Uint8Array(3 * samples.length);
  for (let at = 0; at < samples.length; at++) rgb.fill(samples[at]!, 3 * at, 3 * at + 3);
  return rgb;
};
