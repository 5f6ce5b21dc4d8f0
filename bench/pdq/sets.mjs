import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode, makePicture } from '@tutela/testkit';

const reference = path.join(import.meta.dirname, '../../../shared/fixtures/pdq/images');

/** The four kinds of file; `passes`: how often a round goes over them, so that rounds are equally long. */
const kinds = [
  {
    name: 'progressive, 1600×1004',
    folder: 'reg-test-input/dih',
    passes: 3,
    width: 1600,
    height: 1004,
    scans: 'progressive',
  },
  { name: 'baseline, mostly 1600×1004', folder: 'bridge-mods', passes: 3, width: 1600, height: 1004 },
  { name: 'thumbnails, 256×256', folder: 'reg-test-input/labelme-subset', passes: 30, width: 256, height: 256 },
  { name: '12 megapixels', folder: 'reg-test-input/exif-rotn', passes: 1, width: 4032, height: 3024 },
];

/** The reference's own pictures where `../shared` is there, else pictures made for the purpose. */
export const pictureSets = async (work) => {
  const sets = [];
  for (const { name, folder, passes, width, height, scans } of kinds) {
    const existing = path.join(reference, folder);
    const at = existsSync(existing) ? existing : path.join(work, folder);
    if (at !== existing) {
      mkdirSync(at, { recursive: true });
      for (let seed = 0; seed < 4; seed++) {
        const bytes = await encode(makePicture(seed, { width, height }), scans ? { scans } : {});
        writeFileSync(path.join(at, `${seed}.jpg`), bytes);
      }
    }
    sets.push({ name, passes, files: readdirSync(at).map((file) => path.join(at, file)) });
  }
  return sets;
};
