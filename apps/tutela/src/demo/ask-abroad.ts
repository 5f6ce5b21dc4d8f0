import { z } from 'zod';
import type { Node } from '../node/node.js';
import { askFor, tellNode } from './ask.js';

/** A request abroad, with the clocks that run since it was noted as sent. */
export interface DemoRequest {
  readonly kind: string;
  readonly reportNumber: string | null;
  readonly addressee: string;
  readonly country: string;
  readonly state: string;
  /** The next first. */
  readonly deadlines: readonly z.output<typeof deadline>[];
}

const person = 'demonstration';
const text = z.string();
const request = z.object({
  requestId: text,
  kind: text,
  reportNumber: text.nullable(),
  addressee: text,
  country: text,
  state: text,
  madeBy: text,
});
const deadline = z.object({ kind: z.enum(['reply', 'preservation-ends']), at: text, state: text });
const full = request.extend({ deadlines: z.array(deadline) });
const requests = z.object({ requests: z.array(request) });
const targets = z.object({ targets: z.array(z.looseObject({ type: text })) });

/**
 * Drafts a preservation request about the address of a report and notes that it was sent, which it was to nobody: since
 * then its answer is awaited. The one that was made before is gone on with.
 */
export const askDemoAbroad = async (node: Node, reportNumber: string): Promise<DemoRequest> => {
  const ask = async (where: string) => (await askFor(node, `/clearinghouse${where}`)).json();
  const made = requests.parse(await ask('/requests?limit=500')).requests;
  const earlier = made.find((one) => one.madeBy === person && one.reportNumber === reportNumber);
  const { requestId, state } = earlier ?? (await draft(node, reportNumber));
  if (state === 'draft') {
    const receipt = 'none: sent to nobody, a demonstration';
    await tellNode(node, `/clearinghouse/requests/${requestId}/sent`, person, { receipt });
  }
  const { deadlines, ...told } = full.parse(await ask(`/requests/${requestId}`));
  return { ...told, deadlines: deadlines.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)) };
};

const draft = async (node: Node, reportNumber: string): Promise<z.output<typeof request>> => {
  const where = `/clearinghouse/reports/${reportNumber}/request-targets`;
  const asked = targets.parse(await (await askFor(node, where)).json()).targets;
  const body = {
    reportNumber,
    record: recordOf(
      reportNumber,
      asked.filter(({ type }) => type === 'ip'),
    ),
  };
  return request.parse(await tellNode(node, '/clearinghouse/requests', person, body));
};

/** From the unit of one country to a provider in another, none of which exist. */
const recordOf = (caseRef: string, asked: readonly object[]) => ({
  kind: 'preservation',
  legalBasis: { instrument: '18 U.S.C. § 2703(f)' },
  issuing: { state: 'PY', authority: 'Invented Unit of Paraguay', officer: 'officer-1', contact24h: '+595 00 000 000' },
  addressee: { name: 'Example Internet Provider', address: 'legal@isp.example', country: 'US' },
  caseRef,
  urgency: { level: 'normal' },
  targets: asked,
  data: [{ class: 'identifying', description: 'who had the address at that moment' }],
  offence: { code: 'none: a demonstration', text: 'an offence of the demonstration', maxPenalty: 'none' },
  facts:
    'A picture that is on a list was uploaded from this address. The picture is harmless and the address nobody’s.',
  necessity: 'Nothing else tells who uploaded it, and the logs are kept for a limited time.',
  proportionality: 'One address at one moment; nothing is disclosed before an order.',
  confidentiality: { notice: 'withhold', ground: 'whoever is asked about could delete what they have' },
  delivery: { format: 'JSON', hash: 'SHA-256', encryption: 'age', to: 'unit@police.example' },
  language: 'en',
});
