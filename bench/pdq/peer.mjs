import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const sources = [
  'common/pdqhamming.cpp',
  'common/pdqhashtypes.cpp',
  'common/pdqutils.cpp',
  'downscaling/downscaling.cpp',
  'hashing/pdqhashing.cpp',
  'hashing/torben.cpp',
  'io/hashio.cpp',
  'io/pdqio.cpp',
];

/**
 * Compiles Meta's PDQ as its Makefile does (-O3), with libjpeg and libpng in place of ImageMagick's `convert`, and
 * returns the program; `undefined`, saying why, when that is not possible.
 */
export const compilePeer = (work) => {
  const checkout = process.env.TUTELA_BENCH_THREATEXCHANGE;
  if (checkout === undefined) {
    console.error('Without Meta: TUTELA_BENCH_THREATEXCHANGE names no checkout of facebook/ThreatExchange.');
    return undefined;
  }
  const folder = path.join(checkout, 'pdq', 'cpp');
  const program = path.join(work, 'pdq-peer');
  const flags = ['-std=c++11', '-O3', '-Dcimg_display=0', '-Dcimg_use_jpeg', '-Dcimg_use_png'];
  const files = [path.join(import.meta.dirname, 'peer.cpp'), ...sources.map((name) => path.join(folder, name))];
  const libraries = ['-ljpeg', '-lpng', '-lpthread', '-lm'];
  const command = [...flags, `-I${checkout}`, `-I${folder}`, ...files, '-o', program, ...libraries];
  const { status, stderr } = spawnSync(process.env.CXX ?? 'g++', command, { encoding: 'utf8' });
  if (status === 0) return program;
  console.error(`Without Meta: ${stderr ?? 'no compiler'}`);
  return undefined;
};

/** A running peer that answers one question at a time: `{ hash, quality, milliseconds }`. */
export const startPeer = (program, mode) => {
  const child = spawn(program, [mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (...parts) => {
      for (const part of parts) child.stdin.write(part);
      const [hash, quality, milliseconds] = (await lines.next()).value.split(',');
      return { hash, quality: Number(quality), milliseconds: Number(milliseconds) };
    },
    close: () => child.stdin.end(),
  };
};
