import { timingSafeEqual } from 'node:crypto';
import { done, type Outcome, refused } from '@tutela/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { passwordDigest } from '../curate/members.js';
import type { ListDeps } from '../deps.js';
import { findCredentials } from '../queries/catalogue.js';
import { countRequest } from '../queries/serving.js';
import type { ListId, MemberId } from '../schema.js';
import { noteProbe } from './probing.js';

/** A member who asks for a list that is open to them. */
export interface Subscriber {
  readonly list: ListId;
  readonly member: MemberId;
  readonly name: string;
  readonly username: string;
}

const nobody = passwordDigest('nobody');
const challenge = 'Basic realm="hash sharing", charset="UTF-8"';

/**
 * Lets a member in by HTTP Basic, within their quota. Outside, a list that exists and one that does not answer alike.
 */
const admit = async (
  deps: ListDeps,
  list: string,
  authorization: string | undefined,
): Promise<Outcome<Subscriber, 'wrong-credentials' | 'no-access' | 'too-many-requests'>> => {
  const given = credentialsIn(authorization);
  const row = await findCredentials(deps.db, list, given?.username ?? '');
  const same = timingSafeEqual(passwordDigest(given?.password ?? ''), row?.password_sha256 ?? nobody);
  if (row === undefined || given === undefined || !same) {
    await noteProbe(deps, { list, source: 'outside', kind: 'wrong-credentials' });
    return refused('wrong-credentials', 'a member signs in with HTTP Basic');
  }
  const { member_id: member, name, username } = row;
  if (row.access === 'none') {
    await noteProbe(deps, { list, source: `member/${member}`, kind: 'no-access' });
    return refused('no-access', 'nothing is open to this member here');
  }
  const requests = await countRequest(deps.db, list as ListId, member, deps.clock.now());
  if (requests > row.requests_per_minute) return refused('too-many-requests', 'the quota of this minute is used up');
  return done({ list: list as ListId, member, name, username });
};

/** The first hook of every route of the exchange. */
export const admission =
  (deps: ListDeps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { list = '' } = request.params as { readonly list?: string };
    const admitted = await admit(deps, list, request.headers.authorization);
    if (admitted.kind === 'done') {
      admittedHere.set(request, admitted.value);
      return undefined;
    }
    const { code } = admitted.reason;
    if (code === 'too-many-requests') {
      const seconds = 60 - (Math.floor(Date.parse(deps.clock.now()) / 1000) % 60);
      return await reply.code(429).header('retry-after', String(seconds)).send('');
    }
    if (code === 'wrong-credentials') return await reply.code(401).header('www-authenticate', challenge).send('');
    return await reply.code(403).send('');
  };

const admittedHere = new WeakMap<FastifyRequest, Subscriber>();

/** @throws TypeError on a route without `admission` */
export const subscriberOf = (request: FastifyRequest): Subscriber => {
  const subscriber = admittedHere.get(request);
  if (subscriber === undefined) throw new TypeError('this route lets nobody in');
  return subscriber;
};

/** RFC 7617, UTF-8. */
const credentialsIn = (
  header: string | undefined,
): { readonly username: string; readonly password: string } | undefined => {
  const encoded = /^basic +([A-Za-z0-9+/=_-]{1,1000}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
};
