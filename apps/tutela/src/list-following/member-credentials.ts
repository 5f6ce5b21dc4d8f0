import path from 'node:path';
import { readPrivate } from '../config/private-file.js';
import type { TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';

export interface MemberCredentials {
  readonly username: string;
  readonly password: string;
}

/** Of a file with one line `username:password`, its owner's alone. @throws TutelaError `unreadable` */
export const readMemberCredentials = async ({ folder }: TutelaContext, file: string): Promise<MemberCredentials> => {
  const text = (await readPrivate(path.resolve(folder, file)))?.trim() ?? '';
  const colon = text.indexOf(':');
  if (colon > 0 && !text.includes('\n')) return { username: text.slice(0, colon), password: text.slice(colon + 1) };
  throw new TutelaError('unreadable', `${file} holds no credentials.`, 'It is one line: username:password.');
};
