import { canonicalJson, type JsonObject } from '@tutela/core';
import { type Entry, encodeEntry, formatVerifierKey, leafHash, noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { bytesOf, type Culprit, type Damage, flipBit, setText, textOf } from './damage.js';
import type { HeldPackage } from './held-package.js';
import { mended } from './mended-damages.js';
import type { Random } from './random.js';

const eventsFile = 'data/ledger/events.jsonl';
const nodesFile = 'data/ledger/nodes.json';
const checkpointFile = 'data/ledger/checkpoint';
const policyFile = 'data/ledger/policy';

interface Line {
  entry: Record<string, unknown>;
  index: string;
  opening?: { key: string; payload: JsonObject };
  withheld?: string;
}

const linesOf = (held: HeldPackage): Line[] =>
  textOf(held, eventsFile)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const setLines = (held: HeldPackage, lines: readonly Line[]): void =>
  setText(held, eventsFile, lines.map((line) => `${canonicalJson(line as unknown as JsonObject)}\n`).join(''));

const culpritOf = ({ entry, index }: Line): Culprit => ({ event: { caseSeq: entry.caseSeq as number, index } });

/** Changes the events of a case. */
const onEvents = (name: string, change: (lines: Line[], random: Random) => Culprit): Damage =>
  mended(name, (held, random) => {
    const lines = linesOf(held);
    const culprit = change(lines, random);
    setLines(held, lines);
    return culprit;
  });

/** Counters and chain made anew, as somebody does who knows how they are made. */
const rechain = (lines: readonly Line[]): void => {
  let before: string | undefined;
  for (const [at, { entry }] of lines.entries()) {
    entry.caseSeq = at + 1;
    delete entry.casePrev;
    if (before !== undefined) entry.casePrev = before;
    before = Buffer.from(leafHash(nodeHasher, encodeEntry(entry as unknown as Entry))).toString('hex');
  }
};

const eventDamages: readonly Damage[] = [
  onEvents('an event removed', (lines, random) => culpritOf(lines.splice(random.below(lines.length), 1)[0] as Line)),
  onEvents('an event removed, the rest counted and chained anew', (lines, random) => {
    lines.splice(random.below(lines.length - 1), 1);
    rechain(lines);
    return { files: [nodesFile] };
  }),
  onEvents('an event edited', (lines, random) => {
    const line = random.of(lines);
    const member = random.of(['actor', 'at', 'type', 'subjects', 'commitment']);
    const other: Readonly<Record<string, unknown>> = {
      actor: 'somebody',
      at: '2026-03-02T10:00:00.000Z',
      type: 'investigator.nothing',
      subjects: ['another'],
      commitment: 'f'.repeat(64),
    };
    line.entry[member] = other[member];
    return culpritOf(line);
  }),
  onEvents('an event edited, the rest chained anew', (lines, random) => {
    (lines[random.below(lines.length - 1)] as Line).entry.actor = 'somebody';
    rechain(lines);
    return { files: [nodesFile] };
  }),
  onEvents('two events in each other’s place', (lines, random) => {
    const at = random.below(lines.length - 1);
    const [one, other] = [lines[at] as Line, lines[at + 1] as Line];
    lines.splice(at, 2, other, one);
    return culpritOf(one);
  }),
  onEvents('an event twice', (lines, random) => {
    const at = random.below(lines.length);
    const line = structuredClone(lines[at] as Line);
    lines.splice(at, 0, line);
    return culpritOf(line);
  }),
  onEvents('an event of another case put in', (lines, random) => {
    const at = random.below(lines.length - 1);
    const line = structuredClone(lines[at] as Line);
    line.entry.caseRef = 'another-case';
    lines[at] = line;
    return culpritOf(line);
  }),
  onEvents('the place of an event in the log changed', (lines, random) => {
    const line = random.of(lines);
    line.index = String(BigInt(line.index) + 1n);
    return { ...culpritOf(line), files: [nodesFile] };
  }),
  onEvents('the payload of an opening changed', (lines, random) => {
    const line = random.of(lines.filter(({ opening }) => opening !== undefined));
    (line.opening as { payload: JsonObject }).payload = { effects: [], payload: { item: 'another' } };
    return culpritOf(line);
  }),
  onEvents('the key of an opening changed', (lines, random) => {
    const line = random.of(lines.filter(({ opening }) => opening !== undefined));
    (line.opening as { key: string }).key = random.bytes(32).toString('hex');
    return culpritOf(line);
  }),
  onEvents('the export withheld', (lines) => {
    const line = lines.at(-1) as Line;
    delete line.opening;
    line.withheld = 'it is nobody’s affair';
    return culpritOf(line);
  }),
  mended('a line of events that is not as it has to be', (held, random) => {
    const lines = textOf(held, eventsFile).trimEnd().split('\n');
    const at = random.below(lines.length);
    const line = lines[at] as string;
    const bad = random.of([
      line.replace('{', '{ '),
      `${line} `,
      '',
      line.slice(0, -1),
      `${'['.repeat(5000)}`,
      line.replace('"v":1', '"v":2'),
    ]);
    setText(held, eventsFile, `${lines.with(at, bad).join('\n')}\n`);
    return { files: [eventsFile] };
  }),
];

interface Nodes {
  nodes: { hash: string; index: string; level: number }[];
  size: string;
  v: number;
}

const onNodes = (name: string, change: (nodes: Nodes, random: Random) => void): Damage =>
  mended(name, (held, random) => {
    const nodes = JSON.parse(textOf(held, nodesFile)) as Nodes;
    change(nodes, random);
    setText(held, nodesFile, `${JSON.stringify(nodes)}\n`);
    return { files: [nodesFile] };
  });

const nodeDamages: readonly Damage[] = [
  onNodes('a hash of the proof changed', ({ nodes }, random) => {
    random.of(nodes).hash = random.bytes(32).toString('hex');
  }),
  onNodes('a hash of the proof removed', ({ nodes }, random) => void nodes.splice(random.below(nodes.length), 1)),
  onNodes('a hash too many', ({ nodes }, random) => {
    nodes.splice(random.below(nodes.length + 1), 0, structuredClone(random.of(nodes)));
  }),
  onNodes('the hashes of the proof in another order', ({ nodes }) => void nodes.reverse()),
  onNodes('the size of the proof changed', (nodes, random) => {
    nodes.size = random.of([String(BigInt(nodes.size) + 1n), '0', '9223372036854775807']);
  }),
];

/** Base64 of a signature line with a bit of the signature itself flipped. */
const spoiltSignature = (held: HeldPackage, name: string, random: Random): void => {
  const text = textOf(held, checkpointFile);
  const [, before = '', encoded = ''] = new RegExp(`^(— ${name} )(\\S+)$`, 'mu').exec(text) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const at = 4 + random.below(bytes.length - 4);
  bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
  setText(held, checkpointFile, text.replace(`${before}${encoded}`, `${before}${bytes.toString('base64')}`));
};

export const signersOf = (held: HeldPackage): readonly string[] =>
  [...textOf(held, checkpointFile).matchAll(/^— (\S+) /gmu)].map(([, name = '']) => name);

const removeCosignature = (held: HeldPackage, random: Random): void => {
  const name = random.of(signersOf(held).slice(1));
  const lines = textOf(held, checkpointFile)
    .split('\n')
    .filter((line) => !line.startsWith(`— ${name} `));
  setText(held, checkpointFile, lines.join('\n'));
};

const headDamages: readonly Damage[] = [
  mended('the root or the size of the checkpoint changed', (held, random) => {
    const [origin, size, root, ...rest] = textOf(held, checkpointFile).split('\n');
    const lines = random.of([
      [origin, size, random.bytes(32).toString('base64'), ...rest],
      [origin, String(BigInt(size ?? '0') + 1n), root, ...rest],
      ['another.example/log', size, root, ...rest],
    ]);
    setText(held, checkpointFile, lines.join('\n'));
    return { files: [checkpointFile] };
  }),
  mended('the signature of the log spoilt', (held, random) => {
    spoiltSignature(held, signersOf(held)[0] as string, random);
    return { files: [checkpointFile] };
  }),
  mended('a comment in the policy, or another log', (held, random) => {
    const text = textOf(held, policyFile);
    const again = text.replace('log ', `${text.split('\n')[0]}x\nlog `);
    setText(held, policyFile, random.of([`# all is well\n${text}`, `${text}\n`, text.replace('log ', 'log  '), again]));
    return { files: [policyFile] };
  }),
  mended('the log’s key replaced by a stranger’s, who signs anew', (held) => {
    const [origin = ''] = textOf(held, checkpointFile).split('\n');
    const stranger = signerFromPem(origin, newSigningKeyPem());
    const key = formatVerifierKey(noteKey(nodeHasher, origin, stranger.publicKey));
    setText(held, policyFile, textOf(held, policyFile).replace(/^log \S+/m, `log ${key}`));
    return { files: [policyFile, checkpointFile] };
  }),
];

const tokenOf = (held: HeldPackage): string => [...held.files.keys()].find((path) => path.endsWith('.tsr')) ?? '';

const timeDamages: readonly Damage[] = [
  mended('the time stamp spoilt', (held, random) => {
    const path = tokenOf(held);
    const bytes = bytesOf(held, path);
    held.files.set(
      path,
      random.of([
        random.bytes(bytes.length),
        bytes.subarray(0, bytes.length - 1),
        Buffer.concat([bytes, Buffer.of(0)]),
        Buffer.alloc(0),
      ]),
    );
    return { files: [path] };
  }),
  mended('the signature within the time stamp spoilt', (held, random) => {
    const path = tokenOf(held);
    const bytes = bytesOf(held, path);
    const at = bytes.length - 1 - random.below(200);
    bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
    return { files: [path] };
  }),
  mended('the time stamp removed, or its roots', (held, random) => {
    const path = tokenOf(held);
    const roots = path.replace('.tsr', '.roots.pem');
    const gone = random.of([[path], [roots], [path, roots]]);
    for (const each of gone) held.files.delete(each);
    return { files: [path, roots, checkpointFile] };
  }),
];

const approvalDamages: readonly Damage[] = [
  mended('an approval removed', (held, random) => {
    const path = random.of(['data/approvals/001.json', 'data/approvals/002.json']);
    held.files.delete(path);
    return { files: [path] };
  }),
  mended('an approval given twice by one person', (held) => {
    held.files.set('data/approvals/002.json', bytesOf(held, 'data/approvals/001.json'));
    return { files: ['data/approvals/002.json'] };
  }),
  mended('an approval changed', (held, random) => {
    const path = random.of(['data/approvals/001.json', 'data/approvals/002.json']);
    const approval = JSON.parse(textOf(held, path)) as Record<string, unknown>;
    const member = random.of(['person', 'signature', 'request', 'at']);
    const other: Readonly<Record<string, string>> = {
      person: 'staff-1',
      signature: random.bytes(64).toString('base64url'),
      request: 'a'.repeat(64),
      at: '2026-03-01T11:30:00.000Z',
    };
    setText(held, path, `${canonicalJson({ ...approval, [member]: other[member] } as JsonObject)}\n`);
    return { files: [path] };
  }),
  mended('a bit flipped in the people', (held, random) => {
    flipBit(held, 'data/people.json', random);
    return { files: ['data/people.json'] };
  }),
];

const ofWitnesses = (damage: Damage): Damage => ({ ...damage, needs: 'witnesses' });

const witnessDamages: readonly Damage[] = [
  mended('a cosignature spoilt', (held, random) => {
    spoiltSignature(held, random.of(signersOf(held).slice(1)), random);
    return { files: [checkpointFile] };
  }),
  mended('a cosignature removed', (held, random) => {
    removeCosignature(held, random);
    return { files: [checkpointFile] };
  }),
  mended('no quorum asked for in the policy, and a cosignature removed', (held, random) => {
    setText(held, policyFile, textOf(held, policyFile).replace(/quorum .*/, 'quorum none'));
    removeCosignature(held, random);
    return { files: [policyFile, checkpointFile] };
  }),
].map(ofWitnesses);

export const ledgerDamages: readonly Damage[] = [
  ...eventDamages,
  ...nodeDamages,
  ...headDamages,
  ...witnessDamages,
  ...timeDamages,
  ...approvalDamages,
];
