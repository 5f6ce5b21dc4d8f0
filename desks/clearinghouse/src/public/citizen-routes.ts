import { STATUS_CODES } from 'node:http';
import type { Tongue } from '@tutela/language';
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { tongueOf } from '../tongues.js';
import { openHourlyLimit } from './hourly-limit.js';
import { formPage, receiptPage, refusedKey, stylesheet, tellingPage } from './page.js';
import { stateOfReceipt } from './queries.js';
import { digestOfCode, type IntakeDeps, receiveFromCitizen } from './receive-url-report.js';
import type { UrlReport } from './url-report.js';

/** Bytes; all fields at their longest fit, in any script. */
const largestForm = 64 * 1024;
const limits = { perPlace: 10, altogether: 1000 } as const;

/** As strict as everywhere, but for a form that posts to us. */
const formPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * `/public/…`: the form on which anybody reports an address, without a name, a cookie or a script, and asks later by a code
 * (test: "nothing is kept of who reported").
 */
export const citizenRoutes =
  (deps: IntakeDeps): FastifyPluginAsync =>
  async (server) => {
    const limit = openHourlyLimit(deps.clock, limits);
    const asking = openHourlyLimit(deps.clock, { perPlace: 60, altogether: 10_000 });
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: largestForm },
      (_, body, done) => done(null, new URLSearchParams(String(body))),
    );
    server.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status === 413) return refusal(request, reply, 413, 'too-large');
      if (status === 415 || status === 400) return refusal(request, reply, status, 'not-a-form');
      throw error;
    });

    server.get('/public/report.css', (_, reply) => reply.type('text/css; charset=utf-8').send(stylesheet));
    server.get('/public/report', (request, reply) => html(reply, 200, formPage(tongue(request))));

    server.post('/public/report', async (request, reply) => {
      if (!(request.body instanceof URLSearchParams)) return refusal(request, reply, 415, 'not-a-form');
      if (limit.count(placeOf(request)) === 'over') return refusal(request, reply, 429, 'too-many');
      const received = await receiveFromCitizen(deps, fieldsOf(request.body));
      if (received.kind === 'done') return html(reply, 200, receiptPage(tongue(request), received.value.code));
      return refusal(request, reply, 422, received.reason.code);
    });

    server.post('/public/state', async (request, reply) => {
      if (!(request.body instanceof URLSearchParams)) return refusal(request, reply, 415, 'not-a-form');
      if (asking.count(placeOf(request)) === 'over') return refusal(request, reply, 429, 'too-many');
      const own = tongue(request);
      const found = await stateOfReceipt(deps.db, digestOfCode(request.body.get('code') ?? ''));
      const text =
        found === undefined
          ? own.say('public.report.state.unknown')
          : own.say(`public.report.state.${found.state}`, { day: own.day(found.receivedAt) });
      return html(reply, found === undefined ? 404 : 200, tellingPage(own, text));
    });
  };

const html = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply
    .code(status)
    .header('content-security-policy', formPolicy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .type('text/html; charset=utf-8')
    .send(text);

/** The form again, with why it was not taken; for programs the reason stands in a header. */
const refusal = (request: FastifyRequest, reply: FastifyReply, status: number, code: string): FastifyReply => {
  if (STATUS_CODES[status] === undefined) throw new RangeError(`${status} is no status`);
  const own = tongue(request);
  return html(reply.header('tutela-refused', code), status, formPage(own, own.say(refusedKey(code))));
};

const tongue = ({ query, headers }: FastifyRequest): Tongue => {
  const { lang } = query as { readonly lang?: unknown };
  const accepted = (headers['accept-language'] ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  return tongueOf([...(typeof lang === 'string' ? [lang] : []), ...accepted]);
};

/** Behind a proxy of this machine the last address that the proxy names; anybody else's word is not taken. */
const placeOf = ({ ip, headers }: FastifyRequest): string => {
  if (ip !== '127.0.0.1' && ip !== '::1' && ip !== '::ffff:127.0.0.1') return ip;
  const told = headers['x-forwarded-for'];
  return (Array.isArray(told) ? told.at(-1) : told)?.split(',').at(-1)?.trim() ?? ip;
};

const fieldsOf = (form: URLSearchParams): UrlReport => {
  const optional = (name: 'seenAt' | 'where' | 'note' | 'email') => {
    const text = form.get(name);
    return text === null ? {} : { [name]: text };
  };
  return {
    url: form.get('url') ?? '',
    ...optional('seenAt'),
    ...optional('where'),
    ...optional('note'),
    ...optional('email'),
  };
};
