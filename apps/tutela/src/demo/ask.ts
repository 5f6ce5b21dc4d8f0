import type { Node } from '../node/node.js';
import { TutelaError } from '../tutela-error.js';

/** Asks the node as its operator does. @throws TutelaError `internal` when it refuses */
export const askFor = async (node: Node, where: string, request: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${node.workplace.secrets.operatorKey}`);
  const answer = await fetch(`${node.origin}${where}`, { ...request, headers });
  if (answer.ok) return answer;
  throw new TutelaError('internal', `${where} answered ${answer.status}: ${await answer.text()}`, 'Run it again.');
};

/** Has the node do what a person at its page does. @throws TutelaError `internal` when it refuses */
export const tellNode = async (node: Node, where: string, person: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', 'tutela-actor': person };
  return (await askFor(node, where, { method: 'POST', headers, body: JSON.stringify(body) })).json();
};
