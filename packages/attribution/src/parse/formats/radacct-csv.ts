import type { ReasonCode } from '../../reason.js';
import type { LogRecord, SubscriberParts } from '../../record/log-record.js';
import { type DeviceClock, deviceClock } from '../device-time.js';
import { asUtf8, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { type Stamp, stampOf } from '../make-record.js';
import { csvTableReader } from './csv-table.js';
import { radiusRecords } from './radius-event.js';

const required = ['acctsessionid', 'acctuniqueid', 'username', 'nasipaddress', 'acctstarttime', 'acctstoptime'];
const nulls: ReadonlySet<string> = new Set(['', '\\N', 'NULL', '0000-00-00 00:00:00']);
const restart: readonly ReasonCode[] = ['END_INFERRED_NAS_RESTART'];

/**
 * Rows of FreeRADIUS' table `radacct` (§3.6) as CSV with a header, times in the database's zone as declared. A row is
 * a session: its start, and its stop or its last update. A stop set because the NAS came up again is no observed end.
 */
export const radacctCsv: LogFormat = {
  name: 'radacct-csv',
  version: '1',
  stanza: undefined,
  open: (declaration, state) => {
    const clock = deviceClock(declaration);
    const parser = parserName(radacctCsv);
    return csvTableReader(state, required, (row, context): LineVerdict => {
      const cell = (name: string): string => (nulls.has(row(name)) ? '' : row(name));
      const start = readStamp(cell('acctstarttime'), clock);
      if (start === undefined) return clock.fault;
      const stop = cell('acctstoptime');
      const update = cell('acctupdatetime');
      const last = stop === '' && update === '' ? start : readStamp(stop === '' ? update : stop, clock);
      if (last === undefined) return clock.fault;
      if (last.at < start.at) return 'TIME_MALFORMED';
      const nas = cell('nasipaddress');
      const subscriber: SubscriberParts = {
        account: asUtf8(cell('username')),
        callingStation: cell('callingstationid'),
        nas,
        nasPort: cell('nasportid'),
        sessionId: cell('acctuniqueid'),
      };
      if (subscriber.sessionId === '') return 'FIELD_MISSING';
      const grants = {
        framedIp: cell('framedipaddress'),
        framedIp6: [cell('framedipv6prefix'), cell('framedipv6address')].filter((text) => text !== ''),
        delegated: cell('delegatedipv6prefix'),
      };
      const rebooted = cell('acctterminatecause') === 'NAS-Reboot';
      const event = (what: LogRecord['event'], stamp: Stamp, qualifiers: readonly ReasonCode[]) =>
        radiusRecords(
          parser,
          declaration,
          grants,
          { event: what, stamp, tStart: what === 'alloc' ? undefined : start.at, qualifiers, nas, subscriber },
          context,
        );
      const began = event('alloc', start, start.qualifiers);
      const went = event(
        stop === '' ? 'interim' : 'release',
        last,
        stop !== '' && rebooted ? restart : last.qualifiers,
      );
      if (typeof began === 'string') return began;
      if (typeof went === 'string') return went;
      if (began.length === 0) return 'no-holder';
      for (const record of [...began, ...went]) context.emit(record);
      return 'recorded';
    });
  },
};

const readStamp = (text: string, clock: DeviceClock): Stamp | undefined => {
  clock.fault = 'FIELD_MISSING';
  if (text === '') return undefined;
  const end = clock.read(text, 0, 'may-follow');
  if (end === text.length) return stampOf(clock);
  if (end >= 0) clock.fault = 'TIME_MALFORMED';
  return undefined;
};
