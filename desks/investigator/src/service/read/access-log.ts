import { isIP } from 'node:net';
import { parseInstant, type UtcInstant } from '@tutela/core';
import type { TextLine } from './lines.js';
import { bad, good, type ReadRow } from './service-row.js';

/** Apache's combined format; the port of the client may follow, as servers write it that keep to RFC 6302. */
const combined =
  /^(\S+) \S+ (\S+) \[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)\] "([^"]*)" (\d{3}) (?:\d+|-) "[^"]*" "[^"]*"(?: (\d{1,5}))?$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export async function* readAccessLog(lines: AsyncIterable<TextLine>): AsyncGenerator<ReadRow> {
  for await (const line of lines) if (line.text !== '') yield readLine(line);
}

const readLine = ({ number, text, length }: TextLine): ReadRow => {
  const found = length === 'whole' ? combined.exec(text) : null;
  if (found === null) return bad(number, 'not in the combined format');
  const [, address = '', account = '', day, month = '', year, time, zone, zoneMinutes, request = '', status, port] =
    found;
  if (isIP(address) === 0) return bad(number, 'no address');
  const at = momentOf(`${year}-${monthNumber(month)}-${day}T${time}${zone}:${zoneMinutes}`);
  if (at === undefined) return bad(number, 'no moment');
  if (port !== undefined && Number(port) > 65_535) return bad(number, 'no port');
  return good(number, {
    kind: 'access',
    account: account === '-' ? null : account,
    address,
    port: port === undefined ? null : Number(port),
    at,
    request,
    status: Number(status),
  });
};

const monthNumber = (name: string): string => String(months.indexOf(name) + 1).padStart(2, '0');
const momentOf = (text: string): UtcInstant | undefined => parseInstant(text);
