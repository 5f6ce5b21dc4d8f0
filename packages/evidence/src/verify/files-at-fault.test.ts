import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nodeDeps } from './node/node-deps.js';
import { openPackage } from './node/open-package.js';
import type { PackageSource, SourceEntry } from './ports.js';
import { noTrust } from './trust.js';
import { verifyPackage } from './verify-package.js';

const sample = fileURLToPath(new URL('../../fixtures/sample.tar', import.meta.url));
const item = 'data/items/a1/a1.bin';

/** The sample in memory, its entries by path, after something was done to it. */
const faultsAfter = async (change: (files: Map<string, Buffer>) => void, more: readonly SourceEntry[] = []) => {
  const opened = await openPackage(sample);
  if (opened.kind !== 'done') throw new TypeError(opened.reason.message);
  const files = new Map<string, Buffer>();
  for await (const { path } of opened.value.list()) {
    const parts: Uint8Array[] = [];
    for await (const part of opened.value.read(path)) parts.push(Uint8Array.from(part));
    files.set(path, Buffer.concat(parts));
  }
  await opened.value.close();
  change(files);
  const source: PackageSource = {
    list: async function* () {
      for (const [path, bytes] of files) yield { path, kind: 'file', bytes: BigInt(bytes.length) };
      yield* more;
    },
    read: async function* (path) {
      // In pieces, so that nothing rests on where they end.
      const bytes = files.get(path) as Buffer;
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
    },
    close: async () => {},
  };
  const { faults, verdict } = await verifyPackage(source, noTrust, nodeDeps);
  return [verdict, ...faults.map(({ kind, file }) => `${kind} ${file}`)];
};

describe('a file at fault is told apart', () => {
  const bytesOf = (files: Map<string, Buffer>, path = item): Buffer => files.get(path) as Buffer;

  test('that was changed', async () => {
    expect(await faultsAfter((files) => bytesOf(files).fill(0, 100, 110))).toEqual(['faulty', `file-changed ${item}`]);
  });
  test('that was cut', async () => {
    const told = await faultsAfter((files) => files.set(item, bytesOf(files).subarray(0, 2999)));
    expect(told).toEqual(['faulty', `file-truncated ${item}`]);
  });
  test('that something was put behind', async () => {
    const told = await faultsAfter((files) => files.set(item, Buffer.concat([bytesOf(files), Buffer.of(1)])));
    expect(told).toEqual(['faulty', `file-extended ${item}`]);
  });
  test('that was changed and made longer', async () => {
    const told = await faultsAfter((files) => {
      bytesOf(files)[0] = (bytesOf(files)[0] as number) ^ 1;
      files.set(item, Buffer.concat([bytesOf(files), Buffer.of(1)]));
    });
    expect(told).toEqual(['faulty', `file-changed ${item}`]);
  });
  test('that is missing', async () => {
    expect(await faultsAfter((files) => void files.delete(item))).toEqual(['faulty', `file-missing ${item}`]);
  });
  test('that is new', async () => {
    expect(await faultsAfter((files) => files.set('data/new', Buffer.of(1)))).toEqual([
      'faulty',
      'file-added data/new',
    ]);
  });
  test('that has another name', async () => {
    const told = await faultsAfter((files) => {
      files.set('data/items/a1/other.bin', bytesOf(files));
      files.delete(item);
    });
    expect(told).toEqual(['faulty', `file-renamed ${item}`]);
  });
  test('that is a link, an empty folder, a device, or has a name that is no text', async () => {
    const strange = (['link', 'empty-folder', 'special', 'unreadable-name'] as const).map(
      (kind): SourceEntry => ({ path: `data/${kind}`, kind, bytes: 0n }),
    );
    const told = await faultsAfter(() => {}, strange);
    expect(told).toEqual(['faulty', ...strange.map(({ path }) => `unsafe-path ${path}`)]);
  });
  test('that another system takes for one that is there, be it by a folder', async () => {
    const told = await faultsAfter((files) => files.set('data/ITEMS/x', Buffer.of(1)));
    expect(told).toEqual(['faulty', 'unsafe-path data/ITEMS/x']);
  });
});

test('what is no bag, or one of another format, is not looked at further', async () => {
  expect(await faultsAfter((files) => files.clear())).toEqual(['faulty', 'not-a-package undefined']);
  const told = await faultsAfter((files) => {
    const info = files.get('bag-info.txt')?.toString().replace('Format: 1', 'Format: 2') ?? '';
    files.set('bag-info.txt', Buffer.from(info));
  });
  expect(told).toEqual(['faulty', 'not-a-package bag-info.txt']);
});
