import type { InsideKey } from '../../record/log-record.js';
import { deviceClock } from '../device-time.js';
import {
  asUtf8,
  type LineFault,
  type LineReader,
  type LineVerdict,
  type LogFormat,
  parserName,
} from '../line-reader.js';
import { destination, exporterOf, makeRecord, ports, type Stamp, stampOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';
import { type Captured, matchTemplate } from './match-template.js';
import type { PatternFile, Template } from './pattern.js';

/** A log format from a pattern file: operators rewrite such templates on their devices, and may edit the file. */
export const patternFormat = (file: PatternFile): LogFormat => {
  const format: LogFormat = {
    name: file.name,
    version: file.version,
    stanza: undefined,
    open: (declaration) => openReader(file, declaration, parserName(file)),
  };
  return format;
};

const openReader = (file: PatternFile, declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };

  const read: LineReader['read'] = (text, context): LineVerdict => {
    if (text === '') return 'blank';
    let fault: LineFault | undefined;
    for (const template of file.templates) {
      if (!text.includes(template.anchor)) continue;
      header.host = undefined;
      let from = 0;
      let stamp: Stamp | undefined;
      if (file.header === 'syslog') {
        from = readSyslogHeader(text, clock, header);
        if (from < 0 && !ownTime(template)) return clock.fault;
        if (from < 0) from = 0;
        else stamp = stampOf(clock);
      }
      const captured = matchTemplate(template, text, from, clock);
      if (typeof captured === 'string') {
        fault ??= captured;
        continue;
      }
      const time = captured.stamp ?? stamp;
      if (time === undefined) return 'FIELD_MISSING';
      const proto = captured.proto ?? template.proto ?? '*';
      const whole = template.kind === 'address';
      const first = whole ? 0 : (captured.first ?? captured.port ?? 0);
      const last = whole ? 65_535 : (captured.last ?? first);
      if (last < first) return 'PORT_RANGE_REVERSED';
      const { dest, destPort } = captured;
      context.emit(
        makeRecord(parser, exporterOf(declaration, header.host), declaration, time, context, {
          kind: template.kind,
          event: template.event,
          proto,
          inside: insideOf(captured),
          outside: ports(captured.outside!, first, last),
          dest: dest === undefined || destPort === undefined ? undefined : destination(dest, destPort),
          natInstance: captured.instance ?? declaration.natInstance,
          subscriber: captured.account === undefined ? undefined : { account: asUtf8(captured.account) },
        }),
      );
      return 'recorded';
    }
    return fault ?? 'other-message';
  };
  return { read, state: () => null };
};

const ownTimes: ReadonlySet<string> = new Set(['time', 'epoch', 'epochMs', 'epochHex']);
const ownTime = (template: Template): boolean =>
  template.steps.some((step) => 'field' in step && ownTimes.has(step.field));

const insideOf = (captured: Captured): InsideKey => ({
  ip4: captured.inside,
  ip6: captured.inside6,
  vrf: captured.vrf,
  tunnel: captured.tunnel,
});
