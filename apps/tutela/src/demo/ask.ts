import type { Node } from '../node/node.js';
import { TutelaError } from '../tutela-error.js';

/** Asks the node as its operator does. @throws TutelaError `internal` when it refuses */
export const askFor = async (node: Node, where: string, request: RequestInit = {}): Promise<Response> => {
  const authorization = `Bearer ${node.workplace.secrets.operatorKey}`;
  const answer = await fetch(`${node.origin}${where}`, { ...request, headers: { authorization } });
  if (answer.ok) return answer;
  throw new TutelaError('internal', `${where} answered ${answer.status}: ${await answer.text()}`, 'Run it again.');
};
