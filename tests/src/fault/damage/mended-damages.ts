import { createHash } from 'node:crypto';
import { bytesOf, type Culprit, type Damage, flipBit, pathsOf, setText, textOf } from './damage.js';
import type { HeldPackage } from './held-package.js';
import { mend } from './held-package.js';
import type { Random } from './random.js';

// What somebody does who makes all manifests and sums anew afterwards: only what the log holds is left to find it.

/** @param strike what is done before the manifests are made anew */
export const mended = (name: string, strike: (held: HeldPackage, random: Random) => Culprit): Damage => ({
  name: `${name}, manifests mended`,
  strike: (held, random) => {
    const culprit = strike(held, random);
    mend(held);
    return culprit;
  },
});

/** Files that contents.json names. */
const namedIn = (held: HeldPackage): readonly string[] =>
  pathsOf(held).filter((path) =>
    /^(data\/(items|records|report|approvals)\/|data\/(case\.jsonld|people\.json|request\.json)|VERIFY|verify)/.test(
      path,
    ),
  );

const itemsIn = (held: HeldPackage): readonly string[] =>
  pathsOf(held).filter((path) => path.startsWith('data/items/'));

const changeJson = (held: HeldPackage, path: string, change: (value: Record<string, unknown>) => void): void => {
  const value = JSON.parse(textOf(held, path)) as Record<string, unknown>;
  change(value);
  setText(held, path, `${JSON.stringify(value)}\n`);
};

const notCanonical: Readonly<Record<string, (text: string) => string>> = {
  'a space': (text) => text.replace(':', ': '),
  'two line feeds': (text) => `${text}\n`,
  'no line feed': (text) => text.trimEnd(),
  'an unknown member': (text) => text.replace(/}\n$/, ',"zz":1}\n'),
  'another version': (text) => text.replace('"v":1}', '"v":2}'),
  'a byte order mark': (text) => `\ufeff${text}`,
  'something after the end': (text) => `${text}{}`,
};

export const mendedDamages: readonly Damage[] = [
  mended('a bit flipped in what contents.json names', (held, random) => {
    const path = random.of(namedIn(held));
    flipBit(held, path, random);
    return { files: [path] };
  }),
  mended('a file removed that contents.json names', (held, random) => {
    const path = random.of(namedIn(held));
    held.files.delete(path);
    return { files: [path] };
  }),
  mended('a file added', (held, random) => {
    const path = random.of([
      'data/items/z9/z9.bin',
      'data/records/notes.json',
      'data/extra.bin',
      'extra.txt',
      'data/ledger/extra',
      'data/report/report.fr.pdf',
    ]);
    held.files.set(path, random.bytes(40));
    return { files: [path] };
  }),
  mended('a file renamed', (held, random) => {
    const path = random.of(itemsIn(held));
    held.files.set(`${path}.bak`, bytesOf(held, path));
    held.files.delete(path);
    return { files: [path] };
  }),
  mended('two items swapped', (held, random) => {
    const one = random.of(itemsIn(held));
    const other = random.of(itemsIn(held).filter((path) => path !== one));
    const bytes = bytesOf(held, one);
    held.files.set(one, bytesOf(held, other));
    held.files.set(other, bytes);
    return { files: [one, other] };
  }),
  mended('an item changed and contents.json with it', (held, random) => {
    const path = random.of(itemsIn(held));
    flipBit(held, path, random);
    const digest = createHash('sha256').update(bytesOf(held, path)).digest('hex');
    changeJson(held, 'data/contents.json', (contents) => {
      const files = contents.files as { path: string; sha256: string }[];
      for (const file of files) if (file.path === path) file.sha256 = digest;
    });
    return { files: ['data/contents.json'] };
  }),
  mended('another word in contents.json', (held, random) => {
    changeJson(held, 'data/contents.json', (contents) => {
      contents[random.of(['package', 'case'])] = 'another';
    });
    return { files: ['data/contents.json'] };
  }),
  mended('another word in bag-info.txt', (held, random) => {
    const change = random.of([/tutela/, /Bagging-Date: ./, /External-Identifier: ./, /$/]);
    setText(
      held,
      'bag-info.txt',
      textOf(held, 'bag-info.txt').replace(change, (found) => `${found}x`),
    );
    return { files: ['bag-info.txt'] };
  }),
  mended('another word in request.json', (held, random) => {
    changeJson(held, 'data/request.json', (request) => {
      request[random.of(['reason', 'requestedBy', 'id'])] = 'another';
    });
    return { files: ['data/request.json'] };
  }),
  mended('a file of JSON that is not as it has to be', (held, random) => {
    const path = random.of([
      'data/contents.json',
      'data/request.json',
      'data/people.json',
      'data/approvals/001.json',
      'data/ledger/nodes.json',
    ]);
    const change = notCanonical[random.of(Object.keys(notCanonical))] as (text: string) => string;
    const before = textOf(held, path);
    const after = change(before);
    setText(held, path, after === before ? `${before} ` : after);
    return { files: [path] };
  }),
];
