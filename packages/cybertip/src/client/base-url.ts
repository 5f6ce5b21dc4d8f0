import { isIP } from 'node:net';
import { CybertipError } from '../cybertip-error.js';

/** Which of the clearinghouse's systems a client speaks to: part of its type, so that one cannot pass for the other. */
export type Environment = 'test' | 'production';

/** NCMEC's own addresses (protocols.md §1.2). Another compatible clearinghouse has its own. */
export const ncmecBaseUrls: Readonly<Record<Environment, string>> = {
  test: 'https://exttest.cybertip.org/ispws',
  production: 'https://report.cybertip.org/ispws',
};

/**
 * The checked base address, without a slash at its end.
 * @throws CybertipError when it is no http(s) URL, carries credentials, or would send them in the clear over a network
 * (plain http is for loopback).
 */
export const checkedBaseUrl = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new CybertipError('unusable-base-url', 'the base address is not an http(s) URL');
  }
  if (url.username !== '' || url.password !== '') {
    throw new CybertipError('unusable-base-url', 'the base address must not carry credentials');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new CybertipError('insecure-base-url', `${url.host} is not loopback: use https`);
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
