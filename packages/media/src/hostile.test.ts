import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { encode, makePicture, type PictureFormat } from '@tutela/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { type Decoder, openDecoder } from './decoder.js';
import { type DecodeOutcome, decodeCodes } from './outcomes.js';

const picture = makePicture(31, { width: 96, height: 80 });
const sound = await encode(picture);
const code = (outcome: DecodeOutcome): string =>
  outcome.kind === 'done' ? outcome.value.integrity : outcome.reason.code;

/** An input that keeps a process busy for a while: 36 megapixels, all of them needed before the first can be shown. */
const slow = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: 'teal' } })
  .png({ progressive: true, compressionLevel: 1 })
  .toBuffer();

/** A PNG whose header promises so many pixels a side. */
const saying = (side: number, png: Buffer): Buffer => {
  png.writeUInt32BE(side, 16);
  png.writeUInt32BE(side, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
};

const parentOf = (pid: string): number => {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
};
/** The decoder processes that a process has started (Linux). */
const childrenOf = (parent: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await delay(10);
};
const linux = process.platform === 'linux';

describe('damaged and hostile bytes', () => {
  const decoder = openDecoder({ processes: 2 });
  afterAll(() => decoder.close());

  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'empty'],
    ['text named .jpg', Buffer.from('This is not a photograph.'), 'not-a-picture'],
    ['a drawing that is a program', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unsupported'],
    ['a JPEG cut after its first half', sound.subarray(0, sound.length / 2), 'damaged'],
    ['a JPEG cut in its header', sound.subarray(0, 60), 'truncated'],
    ['a PNG of its signature alone', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'undecodable'],
    ['a GIF of its signature alone', Buffer.from('GIF89a'), 'undecodable'],
    ['a JPEG with a megabyte of something behind it', Buffer.concat([sound, Buffer.alloc(1 << 20, 7)]), 'whole'],
  ])('%s', async (_, input, expected) => {
    expect(code(await decoder.decode(input))).toBe(expected);
  });

  it('is refused by size before it is sent or decoded', async () => {
    const small = openDecoder({ processes: 1, limits: { inputBytes: 100_000, pixels: 5_000 } });
    expect(code(await small.decode(Buffer.concat([sound, Buffer.alloc(100_000)])))).toBe('too-large');
    expect(code(await small.decode(sound))).toBe('too-large');
    const bomb = saying(60_000, Buffer.from(await encode(picture, { format: 'png' })));
    expect(code(await decoder.decode(bomb))).toBe('too-large');
    await small.close();
  });

  it('ends in a named outcome, whatever was changed, cut, doubled or removed', async () => {
    const formats: readonly PictureFormat[] = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'];
    const corpus = await Promise.all([
      ...formats.map((format) => encode(picture, { format })),
      encode(picture, { scans: 'progressive' }),
    ]);
    // Not `fc.double`, nearly all of whose values lie next to 0.
    const place = fc.nat(9999).map((part) => part / 10_000);
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), at: place, value: fc.nat(255) }),
      fc.record({
        kind: fc.constantFrom('cut' as const, 'remove' as const, 'double' as const, 'zero' as const),
        at: place,
      }),
    );
    type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;
    const edited = (bytes: Uint8Array, change: Edit): Uint8Array => {
      const at = Math.floor(change.at * bytes.length);
      const start = bytes.subarray(0, at);
      const block = bytes.subarray(at, at + 64);
      const rest = bytes.subarray(at + 64);
      switch (change.kind) {
        case 'set':
          return Buffer.concat([start, Uint8Array.of(change.value), bytes.subarray(at + 1)]);
        case 'cut':
          return start;
        case 'remove':
          return Buffer.concat([start, rest]);
        case 'double':
          return Buffer.concat([start, block, block, rest]);
        case 'zero':
          return Buffer.concat([start, new Uint8Array(block.length), rest]);
      }
    };
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...corpus),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (bytes, edits) => {
          const outcome = await decoder.decode(edits.reduce<Uint8Array>(edited, bytes));
          outcomes.add(code(outcome));
          if (outcome.kind === 'done') {
            const { width, height, rgb } = outcome.value;
            expect(rgb).toHaveLength(3 * width * height);
          } else {
            expect(decodeCodes).toContain(outcome.reason.code);
            expect(outcome.reason.message).toMatch(/^[\x20-\x7e]{1,400}$/);
          }
        },
      ),
      { numRuns: process.env.TUTELA_LONG === '1' ? 20_000 : 300 },
    );
    expect([...outcomes]).toEqual(expect.arrayContaining(['damaged', 'truncated', 'undecodable']));
    expect(code(await decoder.decode(sound))).toBe('whole');
  });

  it('waits its turn, and beyond the waiting places ends in busy', async () => {
    const narrow = openDecoder({ processes: 1, limits: { waiting: 3 } });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => narrow.decode(sound)));
    const codes = outcomes.map(code);
    expect(new Set(codes)).toEqual(new Set(['whole', 'busy']));
    expect(codes.filter((each) => each === 'whole').length).toBeGreaterThanOrEqual(4);
    await narrow.close();
  });
});

describe.skipIf(!linux)('a decoder process (seen through /proc, so on Linux only)', () => {
  const withDecoder = async (decoder: Decoder, test: (pid: () => Promise<number>) => Promise<void>): Promise<void> => {
    const before = childrenOf(process.pid);
    const fresh = (): readonly number[] => childrenOf(process.pid).filter((pid) => !before.includes(pid));
    try {
      await test(async () => {
        await until(() => fresh().length > 0);
        return fresh()[0]!;
      });
    } finally {
      await decoder.close();
    }
    expect(fresh()).toEqual([]);
  };

  it('that dies over an input names it, and is replaced', async () => {
    const decoder = openDecoder({ processes: 1 });
    await withDecoder(decoder, async (pid) => {
      expect(code(await decoder.decode(sound))).toBe('whole');
      const victim = decoder.decode(slow);
      await delay(30);
      process.kill(await pid(), 'SIGSEGV');
      expect(await victim).toMatchObject({ kind: 'failed', reason: { code: 'crashed' } });
      const others = Array.from({ length: 6 }, () => decoder.decode(sound));
      expect((await Promise.all(others)).map(code)).toEqual(Array.from({ length: 6 }, () => 'whole'));
    });
  });

  it('that dies with several inputs on board harms none of those that were innocent', async () => {
    const decoder = openDecoder({ processes: 1 });
    await withDecoder(decoder, async (pid) => {
      await decoder.decode(sound);
      const outcomes = Promise.all(Array.from({ length: 8 }, () => decoder.decode(sound)));
      process.kill(await pid(), 'SIGKILL');
      expect((await outcomes).map(code)).toEqual(Array.from({ length: 8 }, () => 'whole'));
    });
  });

  it('that hangs is killed when the time is up, and the next input is decoded', async () => {
    const decoder = openDecoder({ processes: 1, limits: { milliseconds: 200 } });
    await withDecoder(decoder, async (pid) => {
      expect(code(await decoder.decode(sound))).toBe('whole');
      process.kill(await pid(), 'SIGSTOP');
      const [hung, next] = await Promise.all([decoder.decode(sound), decoder.decode(sound)]);
      expect(hung).toMatchObject({ kind: 'limited', reason: { code: 'timed-out' } });
      expect(code(next)).toBe('whole');
    });
  });

  it('that needs more memory than it may have ends the input, not the parent', async () => {
    const decoder = openDecoder({ processes: 1, limits: { memoryBytes: 800_000_000, pixels: 300_000_000 } });
    await withDecoder(decoder, async () => {
      if (!decoder.containment.includes('memory')) return;
      // Interlaced, so that all 867 MB are wanted before the first row.
      const interlaced = await sharp(picture.rgb, { raw: { width: 96, height: 80, channels: 3 } })
        .png({ progressive: true })
        .toBuffer();
      expect(code(await decoder.decode(saying(17_000, interlaced)))).toBe('too-large');
      expect(code(await decoder.decode(sound))).toBe('whole');
    });
  });

  it('is replaced after its share of inputs', async () => {
    const decoder = openDecoder({ processes: 1, limits: { inputsPerProcess: 3 } });
    await withDecoder(decoder, async (pid) => {
      await decoder.decode(sound);
      const first = await pid();
      const outcomes = await Promise.all(Array.from({ length: 7 }, () => decoder.decode(sound)));
      expect(outcomes.map(code)).toEqual(Array.from({ length: 7 }, () => 'whole'));
      expect(await pid()).not.toBe(first);
    });
  });

  it('dies when its parent is killed in the middle of a decode', async () => {
    const program = `
      import { openDecoder } from ${JSON.stringify(new URL('./decoder.js', import.meta.url).href)};
      const input = await new Promise((resolve) => {
        const parts = [];
        process.stdin.on('data', (part) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
      });
      const decoder = openDecoder({ processes: 1 });
      for (;;) await decoder.decode(input);
    `;
    const parent: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    parent.stdin!.end(slow);
    await until(() => childrenOf(parent.pid!).length > 0);
    await delay(500);
    const [orphan] = childrenOf(parent.pid!);
    parent.kill('SIGKILL');
    await until(() => parentOf(String(orphan)) === 0);
  });

  it('sees nothing of our environment and can neither read nor write files nor start programs', async () => {
    const decoder = openDecoder({ processes: 1 });
    await withDecoder(decoder, async (pid) => {
      await decoder.decode(sound);
      const child = await pid();
      const environment = readFileSync(`/proc/${child}/environ`, 'latin1').split('\0');
      expect(environment.filter((line) => /^(PATH|HOME|USER|DATABASE_URL)=/.test(line))).toEqual([]);
      const limits = readFileSync(`/proc/${child}/limits`, 'utf8');
      if (decoder.containment.includes('files')) expect(limits).toMatch(/Max file size\s+0\s+0/);
      if (decoder.containment.includes('memory')) expect(limits).toMatch(/Max data size\s+2147483648\s+2147483648/);
      const command = readFileSync(`/proc/${child}/cmdline`, 'latin1');
      if (decoder.containment.includes('permissions'))
        expect(command).toMatch(/permission\0--allow-addons\0--allow-fs-read/);
    });
  });
});

describe('a closed decoder', () => {
  it('ends what waits and what comes in closed', async () => {
    const decoder = openDecoder({ processes: 1 });
    const waiting = [decoder.decode(slow), decoder.decode(sound)];
    await decoder.close();
    expect((await Promise.all(waiting)).map(code)).toEqual(['closed', 'closed']);
    expect(code(await decoder.decode(sound))).toBe('closed');
  });
});
