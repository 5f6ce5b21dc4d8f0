import { bytesOf, type Damage, flipBit, pathsOf, setText, textOf } from './damage.js';
import { manifestNames } from './held-package.js';

// What happens to files on their way, and what somebody does who leaves the manifests alone.

const bitFlip: Damage = {
  name: 'a bit flipped in any file',
  strike: (held, random) => {
    const path = random.of(pathsOf(held));
    flipBit(held, path, random);
    return { files: [path] };
  },
};

const removed: Damage = {
  name: 'a file removed',
  strike: (held, random) => {
    const path = random.of(pathsOf(held));
    held.files.delete(path);
    return { files: [path] };
  },
};

const added: Damage = {
  name: 'a file added',
  strike: (held, random) => {
    const folder = random.of([
      '',
      'data/',
      'data/items/a1/',
      'data/ledger/',
      'data/ledger/timestamps/',
      'data/records/',
    ]);
    const path = `${folder}${random.of(['new.bin', 'note.txt', 'report.json', '.hidden'])}`;
    held.files.set(path, random.bytes(1 + random.below(100)));
    return { files: [path] };
  },
};

const renamed: Damage = {
  name: 'a file renamed',
  strike: (held, random) => {
    const path = random.of(pathsOf(held).filter((each) => !each.startsWith('tagmanifest')));
    const to = `${path}${random.of(['.bak', '.1', '~'])}`;
    held.files.set(to, bytesOf(held, path));
    held.files.delete(path);
    return { files: [path] };
  },
};

const truncated: Damage = {
  name: 'a file truncated',
  strike: (held, random) => {
    const path = random.of(pathsOf(held));
    const bytes = bytesOf(held, path);
    held.files.set(path, bytes.subarray(0, random.below(bytes.length)));
    return { files: [path] };
  },
};

const extended: Damage = {
  name: 'a file extended',
  strike: (held, random) => {
    const path = random.of(pathsOf(held));
    held.files.set(path, Buffer.concat([bytesOf(held, path), random.bytes(1 + random.below(50))]));
    return { files: [path] };
  },
};

const swapped: Damage = {
  name: 'two files swapped',
  strike: (held, random) => {
    const one = random.of(pathsOf(held));
    const other = random.of(pathsOf(held).filter((path) => !bytesOf(held, path).equals(bytesOf(held, one))));
    const bytes = bytesOf(held, one);
    held.files.set(one, bytesOf(held, other));
    held.files.set(other, bytes);
    return { files: [one, other] };
  },
};

const manifestEdits: Readonly<Record<string, (lines: readonly string[], at: number) => readonly string[]>> = {
  removed: (lines, at) => lines.toSpliced(at, 1),
  'written twice': (lines, at) => lines.toSpliced(at, 0, lines[at] as string),
  'out of order': (lines) => lines.toReversed(),
  'with another digest': (lines, at) =>
    lines.with(
      at,
      (lines[at] as string).replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    ),
  'with another path': (lines, at) => lines.with(at, `${lines[at]}x`),
  'in capitals': (lines, at) => lines.with(at, (lines[at] as string).toUpperCase()),
};

const manifestLine: Damage = {
  name: 'a line of a manifest changed',
  strike: (held, random) => {
    const path = random.of(manifestNames);
    const lines = textOf(held, path).trimEnd().split('\n');
    const edit = manifestEdits[random.of(Object.keys(manifestEdits))] as (typeof manifestEdits)[string];
    setText(held, path, `${edit(lines, random.below(lines.length)).join('\n')}\n`);
    return { files: [path] };
  },
};

const tricks = [
  '../outside',
  '/etc/passwd',
  'data/../../outside',
  'data//x',
  'data/./x',
  'data/a\u0301',
  'data\\x',
  'C:/x',
  'data/\u202eexe',
  'data/con',
  'data/x.',
];

const manifestPathTrick: Damage = {
  name: 'a path in a manifest that leads elsewhere',
  strike: (held, random) => {
    const path = random.of(manifestNames);
    const lines = textOf(held, path).trimEnd().split('\n');
    const at = random.below(lines.length);
    const digest = (lines[at] as string).split('  ')[0];
    setText(held, path, `${lines.with(at, `${digest}  ${random.of(tricks)}`).join('\n')}\n`);
    return { files: [path] };
  },
};

const linked: Damage = {
  name: 'a file replaced by a link',
  strike: (held, random) => {
    const path = random.of(pathsOf(held));
    held.files.delete(path);
    held.links.set(path, '/etc/hostname');
    return { files: [path] };
  },
};

const looksAlike: Damage = {
  name: 'a name that another system takes for a file',
  strike: (held, random) => {
    const path = random.of(pathsOf(held).filter((each) => each.startsWith('data/')));
    const like = random.of([path.toUpperCase().replace('DATA/', 'data/'), path.replace('data/', 'Data/')]);
    held.files.set(like, bytesOf(held, path));
    return { files: [like] };
  },
};

export const plainDamages: readonly Damage[] = [
  bitFlip,
  removed,
  added,
  renamed,
  truncated,
  extended,
  swapped,
  manifestLine,
  manifestPathTrick,
  linked,
  looksAlike,
];
