/**
 * The decoder process: inputs come on standard input, pixels or refusals leave on descriptor 3. One input at a time.
 * It dies with its parent, whose death closes standard input.
 */
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import sharp from 'sharp';
import { type Frame, frameHead, frameReader } from '../frames.js';
import type { DecodeLimits } from '../limits.js';
import type { DecodeCode } from '../outcomes.js';
import type { Lane } from '../picture-type.js';
import { replyWords, requestOf } from '../wire.js';
import { decodePicture, limitIn } from './decode-picture.js';

const { lane, limits }: { lane: Lane; limits: DecodeLimits } = JSON.parse(process.argv[2]!);

const loaders: Readonly<Record<Lane, readonly string[]>> = {
  main: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
  strict: ['VipsForeignLoadNsgifBuffer', 'VipsForeignLoadTiffBuffer'],
  refused: [],
};
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: [...loaders[lane]] });
sharp.cache(false);
sharp.concurrency(1);

const output = new Socket({ fd: 3, readable: false, writable: true });
const say = (words: readonly number[], body: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    output.cork();
    output.write(frameHead(words, body.length));
    output.write(body, () => resolve());
    output.uncork();
  });
const text = new TextEncoder();
const reasonLength = 300;

/** The decoder's words for people, in printable ASCII: they may quote the input. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, reasonLength);

const codeOf = (error: unknown): DecodeCode => {
  const message = reasonOf(error);
  const limit = limitIn(error);
  if (limit !== undefined) return limit;
  return /premature|truncat|unexpected end|end of (?:file|stream|data)|not enough data|too short/i.test(message)
    ? 'truncated'
    : 'undecodable';
};

const answer = async (frame: Frame): Promise<void> => {
  const asked = requestOf(frame);
  const { id } = asked;
  try {
    const { head, rgb } = await decodePicture(frame.body, asked, limits);
    await say(replyWords({ kind: 'picture', id, ...head }), rgb);
  } catch (error) {
    await say(replyWords({ kind: 'refusal', id, code: codeOf(error) }), text.encode(reasonOf(error)));
  }
};

// Never two at a time: when the process dies, the inputs it had not answered are few and known.
let turn: Promise<void> = Promise.resolve();
const read = frameReader(limits.inputBytes, (frame) => {
  turn = turn.then(() => answer(frame));
});
// SIGKILL, since a regular exit would wait for a decode in progress.
const die = (): void => void process.kill(process.pid, 'SIGKILL');
// One buffer for all that comes in: the reader copies out of it, and long inputs are most of what the pipe carries.
const oneBuffer: SocketConstructorOpts & ConnectOpts = {
  fd: 0,
  writable: false,
  onread: {
    buffer: new Uint8Array(1 << 18),
    callback: (length, buffer) => {
      if (read(buffer.subarray(0, length)) === 'broken') die();
      return true;
    },
  },
};
const input = new Socket(oneBuffer);
input.on('end', die).on('error', die).resume();
output.on('error', die);

await say(
  replyWords({ kind: 'hello' }),
  text.encode(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}; thumbnails: libjpeg-turbo (WebAssembly)`),
);
