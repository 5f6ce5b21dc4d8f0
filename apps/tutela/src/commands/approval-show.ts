import type { JsonValue } from '@tutela/core';
import { printJson, type TutelaContext } from '../context.js';
import { printable } from '../output/printable.js';
import { requestBody } from '../policy/request-body.js';
import { requestNamed } from '../policy/request-named.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ApprovalShowFlags extends DataFlags {
  readonly json: boolean;
}

/** All that would be approved, and who has approved it. */
export default async function approvalShow(this: TutelaContext, flags: ApprovalShowFlags, name: string): Promise<void> {
  const state = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => requestNamed(db, name));
  if (flags.json) return printJson(this, { v: 1, request: requestBody(state) });
  const { digest, request, needed, approvals, refusedBy, refusedBecause } = state;
  const words = approvals.map(({ person, method, at }) => `${person} with a ${method} key at ${at}`);
  const lines = [
    `digest: ${digest}`,
    `state: ${state.state}, ${approvals.length} of ${needed} approved`,
    ...words.map((word) => `approved by ${word}`),
    ...(refusedBy === undefined ? [] : [`refused by ${refusedBy}: ${refusedBecause ?? ''}`]),
    '',
    ...linesOf('', request as unknown as JsonValue),
  ];
  this.process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}

/** Every member on a line of its own, by its whole name. */
const linesOf = (name: string, value: JsonValue): readonly string[] => {
  if (value === null || typeof value !== 'object') return [`${name}: ${String(value)}`];
  const members: readonly (readonly [string, JsonValue])[] = Object.entries(value);
  if (members.length === 0) return [`${name}: none`];
  return members.flatMap(([member, inner]) => linesOf(name === '' ? member : `${name}.${member}`, inner));
};
