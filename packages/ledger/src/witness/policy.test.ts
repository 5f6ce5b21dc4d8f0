import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signCheckpoint } from '../checkpoint.js';
import { newSigningKeyPem, nodeHasher, nodeVerifier, signerFromPem } from '../node-crypto.js';
import { formatVerifierKey, noteKey } from '../note/note-key.js';
import { parseNote } from '../note/signed-note.js';
import { publishedText } from '../published-vectors.test-support.js';
import { cosign } from './cosignature.js';
import { cosignerKey, formatCosignerKey } from './cosigner-key.js';
import { type LogPolicy, openWitnessed } from './policy.js';
import { formatPolicy, parsePolicy } from './policy-text.js';

const log = signerFromPem('agency.example/evidence', newSigningKeyPem());
const logKey = noteKey(nodeHasher, log.name, log.publicKey);
const signers = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => signerFromPem(`w.example/${name}`, newSigningKeyPem()));
const keys = signers.map(({ name, publicKey }) => cosignerKey(nodeHasher, name, publicKey));
const vkeyOf = (at: number): string => formatCosignerKey(keys[at] as (typeof keys)[number]);

const read = (text: string): LogPolicy => {
  const policy = parsePolicy(nodeHasher, text);
  if (policy.kind !== 'done') throw new Error(policy.reason.message);
  return policy.value;
};

const noteSeenBy = async (...seen: readonly number[]): Promise<string> => {
  let note = await signCheckpoint(nodeHasher, log, { size: 7n, root: new Uint8Array(32) });
  const parsed = parseNote(note);
  for (const at of seen) {
    const text = parsed.kind === 'done' ? parsed.value.text : '';
    note += await cosign(nodeHasher, signers[at] as (typeof signers)[number], text, 1000n + BigInt(at));
  }
  return note;
};

const twoGroups = `
log ${formatVerifierKey(logKey)}
# three of one house, three of another
witness X1 ${vkeyOf(0)}
witness X2 ${vkeyOf(1)}   https://x2.example/witness
\twitness X3 ${vkeyOf(2)}
group X-witnesses 2 X1 X2 X3

witness Y1 ${vkeyOf(3)}
witness Y2 ${vkeyOf(4)}
witness Y3 ${vkeyOf(5)}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y`;

describe('the quorum', () => {
  test.each([
    [[0, 1, 2, 3, 4, 5], 'done'],
    [[0, 2, 5], 'done'],
    [[1, 2, 3], 'done'],
    [[0, 1, 2], 'refused'],
    [[0, 3, 4, 5], 'refused'],
    [[3, 4, 5], 'refused'],
    [[], 'refused'],
  ])('of two of three here and any there, seen by %j: %s', async (seen, verdict) => {
    const opened = await openWitnessed(nodeVerifier, read(twoGroups), await noteSeenBy(...seen));
    expect(opened.kind).toBe(verdict);
    if (opened.kind === 'done') expect(opened.value.cosignatures.length).toBe(seen.length);
    else expect(opened.reason.code).toBe('no-quorum');
  });

  test('counts the threshold of one flat group exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 5 })),
        async (threshold, seen) => {
          const names = keys.map((_, at) => `w${at}`);
          const witnesses = names.map((name, at) => `witness ${name} ${vkeyOf(at)}`).join('\n');
          const text = `log ${formatVerifierKey(logKey)}\n${witnesses}\ngroup g ${threshold} ${names.join(' ')}\nquorum g\n`;
          const opened = await openWitnessed(nodeVerifier, read(text), await noteSeenBy(...seen));
          expect(opened.kind).toBe(seen.length >= threshold ? 'done' : 'refused');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('none needs nobody, but a log of the policy', async () => {
    const nobody = read(`log ${formatVerifierKey(logKey)}\nquorum none\n`);
    expect((await openWitnessed(nodeVerifier, nobody, await noteSeenBy())).kind).toBe('done');
    const noLog = read('quorum none\n');
    expect(await openWitnessed(nodeVerifier, noLog, await noteSeenBy())).toMatchObject({
      reason: { code: 'no-trusted-signature' },
    });
  });

  test('is not reached by a witness that cosigned another checkpoint', async () => {
    const policy = read(`log ${formatVerifierKey(logKey)}\nwitness w ${vkeyOf(0)}\nquorum w\n`);
    const other = await cosign(nodeHasher, signers[0] as (typeof signers)[number], 'another\n1\nhead\n', 5n);
    expect(await openWitnessed(nodeVerifier, policy, (await noteSeenBy()) + other)).toMatchObject({
      reason: { code: 'bad-cosignature' },
    });
  });
});

describe('the text of a policy', () => {
  test('reads as C2SP tlog-policy has it, and back', () => {
    const policy = read(twoGroups);
    expect(policy).toMatchObject({
      logs: [{ key: { name: 'agency.example/evidence' } }],
      witnesses: [{ name: 'X1' }, { name: 'X2', url: 'https://x2.example/witness' }, {}, {}, {}, {}],
      groups: [
        { name: 'X-witnesses', threshold: 2, members: ['X1', 'X2', 'X3'] },
        { name: 'Y-witnesses', threshold: 1 },
        { name: 'X-and-Y', threshold: 2 },
      ],
      quorum: 'X-and-Y',
    });
    expect(read(formatPolicy(nodeHasher, policy))).toEqual(policy);
  });

  test('of any groups reads back the same', () => {
    const shape = fc.record({ cut: fc.integer({ min: 1, max: 5 }), first: fc.nat({ max: 4 }), all: fc.boolean() });
    fc.assert(
      fc.property(shape, ({ cut, first, all }) => {
        const witnesses = keys.map((key, at) => ({ name: `w${at}`, key }));
        const names = witnesses.map(({ name }) => name);
        const members = names.slice(0, cut);
        const group = { name: 'g', threshold: Math.min(first + 1, cut), members };
        const top = { name: 'top', threshold: all ? 1 + names.length - cut : 1, members: ['g', ...names.slice(cut)] };
        const policy = { logs: [{ key: logKey }], witnesses, groups: [group, top], quorum: 'top' };
        expect(read(formatPolicy(nodeHasher, policy))).toEqual(policy);
      }),
    );
  });

  const w1 = `witness w1 ${vkeyOf(0)}\n`;
  test.each([
    ['no quorum', w1],
    ['two quorums', `${w1}quorum w1\nquorum w1\n`],
    ['an unknown quorum', 'quorum who\n'],
    ['a quorum before its witness', `quorum w1\n${w1}`],
    ['a quorum without a name', 'quorum\n'],
    ['an unknown keyword', 'quibble w1\nquorum none\n'],
    ['a comment behind a witness', `${w1.trim()} https://w.example/ # here\nquorum w1\n`],
    ['a carriage return', 'quorum none\r\n'],
    ['a control character', 'quorum none\n\u0001'],
    ['a log without a key', 'log\nquorum none\n'],
    ['a log key for a witness', `witness w1 ${formatVerifierKey(logKey)}\nquorum w1\n`],
    ['a witness key for a log', `log ${vkeyOf(0)}\nquorum none\n`],
    [
      'a log twice',
      `log ${formatVerifierKey(logKey)}\nlog ${formatVerifierKey(logKey)} https://l.example\nquorum none\n`,
    ],
    ['a witness without a key', 'witness w1\nquorum none\n'],
    ['a witness called none', `witness none ${vkeyOf(0)}\nquorum none\n`],
    ['a name twice', `${w1}witness w1 ${vkeyOf(1)}\nquorum w1\n`],
    ['a witness key twice', `${w1}witness w2 ${vkeyOf(0)}\nquorum w1\n`],
    ['a group named like a witness', `${w1}group w1 any w1\nquorum w1\n`],
    ['a group without members', `${w1}group g 1\nquorum w1\n`],
    ['a group called none', `${w1}group none any w1\nquorum none\n`],
    ['a threshold of 0', `${w1}group g 0 w1\nquorum g\n`],
    ['a threshold below 0', `${w1}group g -1 w1\nquorum g\n`],
    ['a threshold beyond the members', `${w1}group g 2 w1\nquorum g\n`],
    ['a group of unknown members', `${w1}group g any w2\nquorum g\n`],
    ['a group before its members', `group g any w1\n${w1}quorum g\n`],
    ['none in a group', `${w1}group g any none w1\nquorum g\n`],
    ['a member twice in a group', `${w1}group g all w1 w1\nquorum g\n`],
    ['a member of two groups', `${w1}group g any w1\ngroup h any w1\nquorum g\n`],
  ])('with %s is refused', (_, text) => {
    expect(parsePolicy(nodeHasher, text)).toMatchObject({ reason: { code: 'malformed-policy' } });
  });

  test('may use the words of the syntax as names', () => {
    const text = `witness all ${vkeyOf(0)}\nwitness any ${vkeyOf(1)}\ngroup group 2 all any\nquorum group\n`;
    expect(read(text)).toMatchObject({ groups: [{ name: 'group', threshold: 2 }], quorum: 'group' });
  });

  test('may hold 32 logs, witnesses and groups', () => {
    const many = Array.from({ length: 32 }, (_, at) => signerFromPem(`w${at}`, newSigningKeyPem()));
    const lines = many.map(({ name, publicKey }) => {
      const witness = formatCosignerKey(cosignerKey(nodeHasher, name, publicKey));
      return `log ${formatVerifierKey(noteKey(nodeHasher, name, publicKey))}\nwitness ${name} ${witness}\ngroup g${name} any ${name}\n`;
    });
    expect(read(`${lines.join('')}quorum gw31\n`).groups.length).toBe(32);
  });
});

const specification = publishedText('c2sp/tlog-policy.md');
test.skipIf(specification === undefined)('the example of the C2SP specification reads as it says', () => {
  const [, example = ''] = /```\n(log <vkey>\n\nwitness X1[^`]+)```/.exec(specification ?? '') ?? [];
  let next = 0;
  const text = example
    .replace('log <vkey>', `log ${formatVerifierKey(logKey)}`)
    .replaceAll('<vkey>', () => vkeyOf(next++));
  expect(read(text)).toMatchObject({ witnesses: { length: 6 }, groups: { length: 3 }, quorum: 'X-and-Y' });
});
