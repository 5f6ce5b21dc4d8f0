import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTimeAuthority } from '@tutela/testkit';
import { writeSamplePackage } from './sample-package.test-support.js';

// Makes fixtures/sample.tar and fixtures/sample-trust.json anew:
// node packages/evidence/dist/sample/make-fixture.test-support.js

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'sample-package-'));
const authority = await openTimeAuthority();
try {
  mkdirSync(path.join(folder, 'package-1'));
  const trust = await writeSamplePackage(path.join(folder, 'package-1'), { events: 40, authority });
  mkdirSync(fixtures, { recursive: true });
  writeFileSync(path.join(fixtures, 'sample-trust.json'), `${JSON.stringify({ v: 1, ...trust }, undefined, 2)}\n`);
  const tar = path.join(fixtures, 'sample.tar');
  execFileSync('tar', [
    '--format=pax',
    '--sort=name',
    '--mtime=@315532800',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--pax-option=delete=atime,delete=ctime',
    '-cf',
    tar,
    '-C',
    folder,
    'package-1',
  ]);
} finally {
  await authority.close();
  rmSync(folder, { recursive: true, force: true });
}
