import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { defaultXmlLimits } from '../xml/parse.js';
import { fileinfo, finish, retract, submit } from './acts.js';
import { type Answer, answerXml, coded, httpStatusOf } from './answer.js';
import { contextOf, type ServerContext, type ServerOptions } from './context.js';
import { readCredentials } from './credentials.js';
import type { Reporter } from './report-store.js';
import { upload } from './upload.js';

type Handler = (request: FastifyRequest, reporter: Reporter, context: ServerContext) => Promise<Answer>;

const posts: Readonly<Record<string, Handler>> = { submit, upload, fileinfo, finish, retract };

/**
 * The CyberTipline's endpoints (protocols.md §1.3) over a `ReportStore`; register it under a prefix such as `/ispws`.
 * Every answer is a coded document and carries `Request-ID`, whatever was sent.
 */
export const cybertipServer: FastifyPluginAsync<ServerOptions> = async (server, options) => {
  const context = contextOf(options);
  const reporters = new WeakMap<FastifyRequest, Reporter>();

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: defaultXmlLimits.bytes }, (_, body, done) => {
    done(null, body);
  });
  await server.register(multipart, {
    limits: { fileSize: options.largestFile ?? Number.MAX_SAFE_INTEGER, files: 1, fields: 16, fieldSize: 4096 },
    throwFileSizeLimit: false,
  });

  server.addHook('onRequest', async (request, reply) => {
    reply.header('Request-ID', randomUUID());
    const credentials = readCredentials(request.headers.authorization);
    const reporter =
      credentials === undefined
        ? undefined
        : await context.store.authenticate(credentials.username, credentials.password);
    if (reporter === undefined) return unauthorised(reply, context);
    reporters.set(request, reporter);
    return undefined;
  });

  server.get('/status', async (request, reply) => {
    const user = reporterOf(reporters, request).username;
    const description = `Remote User : ${user}, Remote Ip : ${request.ip}`;
    return send(reply, { kind: 'coded', code: 'success', description }, context);
  });
  const { xsd } = options;
  if (xsd !== undefined) {
    server.get('/xsd', async (_, reply) => reply.type('application/xml').send(Buffer.from(xsd.bytes)));
  }
  for (const [path, handler] of Object.entries(posts)) {
    server.post(`/${path}`, async (request, reply) =>
      send(reply, await handler(request, reporterOf(reporters, request), context), context),
    );
  }

  server.setNotFoundHandler((_, reply) => send(reply, coded('resource-not-found'), context));
  server.setErrorHandler((error: unknown, request, reply) => {
    const answer = answerToError(error);
    // The code alone: a message may quote what was sent.
    if (httpStatusOf(answer, 'modern') >= 500) request.log.error({ code: codeOf(error) }, 'a request failed');
    return send(reply, answer, context);
  });
};

const reporterOf = (reporters: WeakMap<FastifyRequest, Reporter>, request: FastifyRequest): Reporter => {
  const reporter = reporters.get(request);
  if (reporter === undefined) throw new TypeError('a request passed without a reporter');
  return reporter;
};

const send = (reply: FastifyReply, answer: Answer, { httpStyle }: ServerContext): FastifyReply =>
  reply.code(httpStatusOf(answer, httpStyle)).type('application/xml;charset=UTF-8').send(answerXml(answer));

const unauthorised = (reply: FastifyReply, { httpStyle }: ServerContext): FastifyReply => {
  reply.code(401).header('WWW-Authenticate', 'Basic realm="ESP Web Services"');
  if (httpStyle === 'modern') return reply.send();
  return reply.type('application/xml;charset=UTF-8').send(answerXml(coded('server-error', { reason: 'Unauthorized' })));
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';

/** Fastify and the form's reader say with a status below 500 that the request is at fault. */
const answerToError = (error: unknown): Answer => {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 500 && !isBrokenForm(error)) return coded('server-error');
  return coded('invalid-request', { reason: codeOf(error) });
};

/** The form's reader (busboy) has no codes for what it cannot read. */
const isBrokenForm = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Unexpected end of|Malformed|Multipart:|Part terminated early|premature close)/i.test(error.message);
