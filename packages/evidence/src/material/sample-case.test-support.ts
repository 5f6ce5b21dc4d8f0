import { createHash } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import type { AuthorityId, PersonId } from '@tutela/policy';
import { encode, makePicture } from '@tutela/testkit';
import type { CaseMaterial, MaterialItem } from './case-material.js';
import type { AuthorityVersion } from './records.js';

// A case that never was, with every kind of record. Pictures are synthetic, addresses those of documentation (RFC 5737).

export const instant = (text: string): UtcInstant => new Date(text).toISOString() as UtcInstant;
const digest = (algorithm: 'sha256' | 'sha1' | 'md5', bytes: Uint8Array | string): string =>
  createHash(algorithm).update(bytes).digest('hex');

export const itemOf = (
  id: string,
  bytes: Uint8Array,
  more: Partial<MaterialItem> & Pick<MaterialItem, 'name'>,
): MaterialItem => ({
  id,
  as: 'original',
  bytes: BigInt(bytes.length),
  digests: { sha256: digest('sha256', bytes), sha1: digest('sha1', bytes), md5: digest('md5', bytes) },
  reason: 'matches an entry of the hash list',
  open: async () => [Buffer.from(bytes)] as unknown as AsyncIterable<Uint8Array>,
  ...more,
});

export const minimalCase = (): CaseMaterial => ({
  case: { ref: 'case-1', title: 'Case 1', agency: 'Unit' },
  items: [itemOf('item-1', Buffer.from('hello\n'), { name: 'hello.txt', reason: 'asked for' })],
});

export const richCase = async (): Promise<CaseMaterial> => {
  const [one, two] = [1, 2].map((seed) => makePicture(seed, { width: 320, height: 240 }));
  if (one === undefined || two === undefined) throw new Error('no pictures');
  const photograph = await encode(one, { format: 'jpeg' });
  const blurred = await encode(makePicture(1, { width: 32, height: 24 }), { format: 'png' });
  const other = await encode(two, { format: 'png' });
  return {
    case: {
      ref: 'case-2026-0117',
      title: 'Upload to Platform Ltd on 1 March 2026',
      agency: 'Unit 7 · Fiscalía Ñandutí',
      offence: 'possession and distribution (synthetic)',
    },
    exhibits: [
      {
        id: 'EX-1',
        description: 'Laptop computer, grey',
        seizedAt: instant('2026-03-09T07:12:00Z'),
        seizedWhere: 'place 1 of the warrant',
        seizedBy: 'staff-3',
        seizedFrom: 'suspect-1',
        make: 'Example 14',
        serial: 'SN-0001',
        seals: ['A-100', 'A-101'],
        storagePlace: 'store 2, shelf 4',
        authority: 'warrant-1',
      },
      {
        id: 'EX-1.1',
        parent: 'EX-1',
        description: 'Solid state drive from EX-1',
        make: 'Example SSD',
        serial: 'SN-0002',
        capacity: '512110190592',
        authority: 'warrant-1',
        acquisition: {
          at: instant('2026-03-10T09:00:00Z'),
          by: 'staff-4',
          tool: { name: 'ewfacquire', version: '20240506', arguments: '-f encase6 -c fast' },
          writeBlocker: 'Example WB-2',
          imageFormat: 'E01',
          readErrors: [],
        },
        digests: { sha256: digest('sha256', 'image of EX-1.1'), md5: digest('md5', 'image of EX-1.1') },
        timeZone: 'America/Asuncion',
        clockOffsetSeconds: -7,
      },
    ],
    custody: [
      {
        seq: 1,
        at: instant('2026-03-09T07:12:00Z'),
        actor: 'staff-3',
        role: 'lead',
        action: 'seized',
        objects: [{ id: 'EX-1' }],
        authority: 'warrant-1',
        result: 'sealed with A-100 and A-101',
        reason: 'search of place 1',
      },
      {
        seq: 2,
        at: instant('2026-03-10T09:00:00Z'),
        clockSource: 'NTP of the laboratory',
        actor: 'staff-4',
        role: 'examiner',
        secondActor: 'staff-5',
        action: 'imaged',
        objects: [{ id: 'EX-1' }, { id: 'EX-1.1', sha256Out: digest('sha256', 'image of EX-1.1') }],
        authority: 'warrant-1',
        rule: 'grant',
        tool: { name: 'ewfacquire', version: '20240506' },
        host: 'lab-2',
        result: 'complete, no read errors',
        reason: 'preservation',
      },
      {
        seq: 3,
        at: instant('2026-03-11T14:30:00Z'),
        actor: 'staff-4',
        role: 'examiner',
        action: 'examined',
        objects: [{ id: 'EX-1.1' }, { id: 'item-1' }],
        authority: 'warrant-1',
        rule: 'grant',
        tool: { name: 'tutela', version: '0.1.0' },
        result: 'one match, one file beside it',
        reason: 'comparison with the hash list',
      },
    ],
    reports: [
      {
        id: 'report-4711',
        from: 'Clearinghouse',
        receivedAt: instant('2026-03-02T08:00:00Z'),
        sentAt: instant('2026-03-01T12:34:56Z'),
        incidentType: 'synthetic incident',
        incidentAt: '2026-03-01T10:15:00Z',
        files: 1,
        sha256: digest('sha256', 'the delivery'),
      },
    ],
    authorities: [warrant],
    decisions: [
      {
        id: 'decision-1',
        at: instant('2026-03-11T14:29:00Z'),
        actor: 'staff-4',
        step: 'view',
        objects: ['item-1'],
        answer: 'allow',
        rule: 'grant',
        authority: 'warrant-1',
        version: 1,
        keepTo: ['only in the laboratory'],
      },
      {
        id: 'decision-2',
        at: instant('2026-03-11T15:00:00Z'),
        actor: 'staff-4',
        step: 'open',
        objects: ['item-9'],
        answer: 'deny',
        rule: 'scope.period',
      },
    ],
    orders: [
      {
        id: 'order-1',
        kind: 'production-order',
        authority: 'warrant-1',
        addressee: 'Access Provider SA',
        issuedAt: instant('2026-03-04T10:00:00Z'),
        sentAt: instant('2026-03-04T11:00:00Z'),
        questions: [
          {
            address: '192.0.2.7',
            port: 51_344,
            protocol: 'tcp',
            from: instant('2026-03-01T10:15:00Z'),
            to: instant('2026-03-01T10:15:01Z'),
          },
          { address: '2001:db8::7', from: instant('2026-03-01T10:20:00Z'), to: instant('2026-03-01T10:20:01Z') },
        ],
        disclosure: 'handle',
      },
    ],
    answers: [
      {
        id: 'answer-1',
        order: 'order-1',
        question: 1,
        at: instant('2026-03-06T09:00:00Z'),
        outcome: 'EXACT_ONE',
        candidates: 1,
        margin: { beforeSeconds: 310, afterSeconds: 1824 },
        subscriber: 'subscriber-1',
        reasons: [],
        caveats: ['The line serves a household.'],
      },
      {
        id: 'answer-2',
        order: 'order-1',
        question: 2,
        at: instant('2026-03-06T09:00:00Z'),
        outcome: 'NONE_UNKNOWN',
        reasons: ['LOG_GAP'],
        caveats: [],
      },
    ],
    chronology: [
      { at: instant('2026-03-01T10:15:00Z'), what: 'Upload, as the platform states it', source: 'report-4711' },
      { at: instant('2026-03-02T08:00:00Z'), what: 'Report received', source: 'report-4711' },
      { at: instant('2026-03-09T07:12:00Z'), what: 'Laptop seized', source: 'EX-1' },
    ],
    items: [
      itemOf('item-1', photograph, {
        name: 'IMG_0001 (copia de mamá).jpg',
        foundAt: 'Users/u/Pictures/IMG_0001 (copia de mamá).jpg',
        exhibit: 'EX-1.1',
        report: 'report-4711',
        mediaType: 'image/jpeg',
        thumbnail: blurred,
      }),
      itemOf('item-1', blurred, {
        as: 'derivative',
        name: 'item-1-degraded.png',
        mediaType: 'image/png',
        madeWith: { name: 'tutela', version: '0.1.0', arguments: 'degrade 32' },
        reason: 'shows what kind of picture it is without showing it',
      }),
      itemOf('item-2', other, {
        name: '100%: CON.png',
        foundAt: 'Users/u/Pictures/100%: CON.png',
        exhibit: 'EX-1.1',
        mediaType: 'image/png',
        reason: 'in the same folder, same camera',
      }),
    ],
  };
};

const warrant: AuthorityVersion = {
  authority: {
    v: 1,
    id: 'warrant-1' as AuthorityId,
    version: 1,
    caseRef: 'case-2026-0117',
    kind: 'warrant',
    issuedBy: 'First Court',
    judge: 'judge-2',
    fileNumber: '2026/318',
    statute: 'Criminal Code s. 487',
    offence: 'possession (synthetic)',
    issuedAt: instant('2026-03-03T10:00:00Z'),
    from: instant('2026-03-03T10:00:00Z'),
    to: instant('2026-09-03T10:00:00Z'),
    operativeText: 'To search place 1 and to examine data carriers found there for pictures of January to March 2026.',
    documentSha256: digest('sha256', 'the warrant'),
    sealed: 'open',
    scope: {
      sources: ['EX-1', 'EX-1.1'],
      accounts: 'any',
      addresses: 'any',
      periods: [{ from: instant('2026-01-01T00:00:00Z'), to: instant('2026-04-01T00:00:00Z') }],
      fileClasses: ['picture'],
      keywords: 'any',
      exclusions: [{ folders: ['Users/u/Counsel'], reason: 'correspondence with counsel' }],
      privilegeTerms: [],
    },
    grants: ['store', 'hash', 'list', 'match', 'open', 'view', 'disclose'],
    conditions: [{ kind: 'place', text: 'only in the laboratory' }],
    secretReuse: { kind: 'own' },
    enteredBy: 'staff-3' as PersonId,
    enteredAt: instant('2026-03-03T11:00:00Z'),
  },
  verification: { by: ['staff-5' as PersonId], at: instant('2026-03-03T12:00:00Z') },
};
