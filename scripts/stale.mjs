// What was built from a source that is gone: a test that was renamed would go on running under its old name.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const built = /\.(js|d\.ts)(\.map)?$/;

export const removeStale = (part) => {
  const dist = path.join(part, 'dist');
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!built.test(name)) continue;
    const source = path.join(part, 'src', name.replace(built, '.ts'));
    if (!existsSync(source)) rmSync(path.join(dist, name), { force: true });
  }
};
