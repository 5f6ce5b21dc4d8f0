import { createHash } from 'node:crypto';
import type { PackageSource } from '@tutela/evidence/verify';

/** A package in memory, to be damaged. */
export interface HeldPackage {
  readonly files: Map<string, Buffer>;
  /** Where links lead, by path. */
  readonly links: Map<string, string>;
}

export const hold = async (source: PackageSource): Promise<HeldPackage> => {
  const files = new Map<string, Buffer>();
  for await (const { path } of source.list()) {
    const parts: Buffer[] = [];
    for await (const chunk of source.read(path)) parts.push(Buffer.from(chunk));
    files.set(path, Buffer.concat(parts));
  }
  await source.close();
  return { files, links: new Map() };
};

export const copyOf = ({ files, links }: HeldPackage): HeldPackage => ({
  files: new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)])),
  links: new Map(links),
});

export const heldSource = ({ files, links }: HeldPackage): PackageSource => ({
  list: async function* () {
    for (const [path, bytes] of files) yield { path, kind: 'file', bytes: BigInt(bytes.length) };
    for (const path of links.keys()) yield { path, kind: 'link', bytes: 0n };
  },
  read: async function* (path) {
    yield files.get(path) as Buffer;
  },
  close: async () => {},
});

export const manifestNames = [
  'manifest-sha512.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha512.txt',
  'tagmanifest-sha256.txt',
];
const isPayload = (path: string): boolean => path.startsWith('data/');

/** What somebody does who wants a change to go unseen: sums and manifests made anew over what is there. */
export const mend = ({ files }: HeldPackage): void => {
  const payload = [...files].filter(([path]) => isPayload(path));
  const bytes = payload.reduce((sum, [, content]) => sum + content.length, 0);
  const info = files.get('bag-info.txt')?.toString('utf8');
  if (info !== undefined) {
    files.set(
      'bag-info.txt',
      Buffer.from(info.replace(/Payload-Oxum: .*/, `Payload-Oxum: ${bytes}.${payload.length}`)),
    );
  }
  for (const [algorithm, prefix] of [
    ['sha512', ''],
    ['sha256', ''],
    ['sha512', 'tag'],
    ['sha256', 'tag'],
  ] as const) {
    const lines = [...files]
      .filter(([path]) => (prefix === '' ? isPayload(path) : !isPayload(path) && !path.startsWith('tagmanifest-')))
      .map(([path, content]) => ({ path, digest: createHash(algorithm).update(content).digest('hex') }))
      .sort((one, other) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path)));
    const text = lines.map(({ path, digest }) => `${digest}  ${path}\n`).join('');
    files.set(`${prefix}manifest-${algorithm}.txt`, Buffer.from(text));
  }
};
