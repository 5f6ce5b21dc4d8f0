import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DemoPackage } from './pack-case.js';

/** Copies the package of a demonstration whose data go away, with what is needed to check and to decrypt it. */
export const keepDemoPackage = async (packed: DemoPackage, to: string): Promise<DemoPackage> => {
  const fresh = `${to}.${process.pid}`;
  const name = path.basename(packed.folder);
  const demonstration = path.dirname(packed.trust);
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await mkdir(fresh, { mode: 0o700 });
  await cp(packed.folder, path.join(fresh, name), { recursive: true });
  await cp(`${packed.folder}.zip`, path.join(fresh, `${name}.zip`));
  for (const file of ['trust.json', 'court.age-key']) await cp(path.join(demonstration, file), path.join(fresh, file));
  await rm(to, { recursive: true, force: true });
  await rename(fresh, to);
  return { ...packed, folder: path.join(to, name), trust: path.join(to, 'trust.json') };
};
