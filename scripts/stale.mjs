// What was built from a source that is gone: a test that was renamed would go on running under its old name.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const built = /\.(js|d\.ts)(\.map)?$/;
/** The console's pages: a bundle, whose files have no source of their name. */
const bundled = /^web(-\d+)?\//;

export const removeStale = (part) => {
  const dist = path.join(part, 'dist');
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!built.test(name) || bundled.test(name)) continue;
    const source = path.join(part, 'src', name.replace(built, ''));
    if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(path.join(dist, name), { force: true });
  }
};
