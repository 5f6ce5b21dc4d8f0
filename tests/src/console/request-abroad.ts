import type { RunningNode } from '../e2e/tutela-process.js';

/** Of which a letter can be made; all of it invented. */
const record = {
  kind: 'preservation',
  legalBasis: { instrument: '18 USC 2703(f)' },
  issuing: { state: 'PY', authority: 'Invented unit', officer: 'officer-1', contact24h: '+595 00 000' },
  addressee: { name: 'Example Service', address: 'legal@service.example', country: 'US' },
  caseRef: 'PY-2026-17',
  urgency: { level: 'normal' },
  targets: [{ type: 'IP', value: '192.0.2.7', port: 51_344, from: '2026-03-01T10:00:00Z', to: '2026-03-01T10:05:00Z' }],
  data: [{ class: 'identifying', description: 'connection records' }],
  offence: { code: 'Art. 140', text: 'an offence of the demonstration', maxPenalty: '10 years' },
  facts: 'A picture was uploaded from that address.',
  necessity: 'Nothing else names the user.',
  proportionality: 'Five minutes of one address.',
  confidentiality: { notice: 'withhold' },
  delivery: { format: 'CSV', hash: 'SHA-256', encryption: 'age', to: 'unit@police.example' },
  language: 'es',
} as const;

/** Drafts a request across borders at a clearinghouse. @throws Error when it is refused */
export const draftRequest = async ({ origin, key }: RunningNode): Promise<void> => {
  const answer = await fetch(`${origin}/clearinghouse/requests`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'tutela-actor': 'staff-1', 'content-type': 'application/json' },
    body: JSON.stringify({ record }),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
