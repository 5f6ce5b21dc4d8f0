import { type PersonId, parsePersonId } from '@tutela/policy';
import type { FastifyRequest } from 'fastify';
import { HttpError } from './http-error.js';

/** Names who sits at the page: the pseudonym of a person, as `TUTELA_ACTOR` does at the command line. */
export const actorHeader = 'tutela-actor';

type Asking = Pick<FastifyRequest, 'headers'>;

/**
 * Who asks, for the record: the person the header names, or `operator` for whoever has the operator's key.
 * @throws HttpError `actor-malformed`
 */
export const actorOf = (request: Asking): PersonId | 'operator' => named(request) ?? 'operator';

/**
 * The person who asks, for what only a person does: look, decide, approve.
 * @throws HttpError `actor-needed`, `actor-malformed`
 */
export const personOf = (request: Asking): PersonId => {
  const person = named(request);
  if (person === undefined) throw new HttpError('actor-needed', `The header ${actorHeader} has to say who acts.`);
  return person;
};

const named = ({ headers }: Asking): PersonId | undefined => {
  const given = headers[actorHeader];
  if (given === undefined) return undefined;
  const person = typeof given === 'string' ? parsePersonId(given) : undefined;
  if (person === undefined) throw new HttpError('actor-malformed', `The header ${actorHeader} is no pseudonym.`);
  return person;
};
