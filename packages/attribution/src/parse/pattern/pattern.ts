import { done, type Outcome, refused } from '@tutela/core';
import type { RecordEvent, RecordKind, RecordProto } from '../../record/log-record.js';
import { protocolOf } from '../scan.js';

/** What a `{field}` of a template reads; each ends where its own characters end, or at the next literal text. */
const fieldNames = [
  'inside',
  'inside6',
  'insidePort',
  'tunnel',
  'outside',
  'port',
  'first',
  'last',
  'proto',
  'dest',
  'destPort',
  'vrf',
  'instance',
  'account',
  'time',
  'epoch',
  'epochMs',
  'epochHex',
  'skip',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** One step of a template: text that has to stand there, or a field and the text after it. */
export type PatternStep = { readonly literal: string } | { readonly field: FieldName; readonly stop: string };

export interface Template {
  readonly kind: RecordKind;
  readonly event: RecordEvent;
  /** Of lines that do not name one. */
  readonly proto: RecordProto | undefined;
  readonly steps: readonly PatternStep[];
  /** Its longest literal text: a line without it is not meant. */
  readonly anchor: string;
}

/** What a pattern file says. */
export interface PatternFile {
  readonly name: string;
  readonly version: string;
  /** `syslog`: stamp and host stand before the message; `none`: the templates read the whole line. */
  readonly header: 'syslog' | 'none';
  readonly templates: readonly Template[];
}

const kinds = [
  'session',
  'binding',
  'block',
  'address',
  'det-config',
  'lease',
  'radius',
  'pd',
] as const satisfies readonly RecordKind[];
const eventNames = ['alloc', 'release', 'interim', 'snapshot'] as const satisfies readonly RecordEvent[];
const needed: readonly (readonly FieldName[])[] = [['inside', 'inside6', 'tunnel'], ['outside'], ['port', 'first']];
/** What counts for all protocols unless a line names one. */
const forAllProtocols: readonly RecordKind[] = ['block', 'det-config', 'address'];

type Parsed<T> = Outcome<T, 'PATTERN_MALFORMED'>;
const malformed = (line: number, message: string): Parsed<never> =>
  refused('PATTERN_MALFORMED', `line ${line}: ${message}`);

/**
 * A pattern file: `name`, `version` and `header` lines, then one template a line:
 * `kind event [proto=TCP]: text with {fields}`. `#` begins a comment line; `{skip}` passes over anything up to the
 * text after it. No field repeats and none needs a second look back: reading is linear in the line.
 */
export const parsePatternFile = (text: string): Parsed<PatternFile> => {
  const settings = new Map<string, string>();
  const templates: Template[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const row = raw.trim();
    if (row === '' || row.startsWith('#')) continue;
    const setting = /^(name|version|header) (\S+)$/.exec(row);
    if (setting !== null) {
      settings.set(setting[1]!, setting[2]!);
      continue;
    }
    const template = parseTemplate(row, index + 1);
    if (template.kind !== 'done') return template;
    templates.push(template.value);
  }
  const name = settings.get('name');
  const version = settings.get('version');
  const header = settings.get('header');
  if (name === undefined || version === undefined) return refused('PATTERN_MALFORMED', 'name and version are missing');
  if (header !== 'syslog' && header !== 'none') return refused('PATTERN_MALFORMED', 'header is "syslog" or "none"');
  return done({ name, version, header, templates });
};

const parseTemplate = (row: string, line: number): Parsed<Template> => {
  const head = /^([a-z-]+) ([a-z]+)(?: proto=(\S+))?: /.exec(row);
  const kind = kinds.find((known) => known === head?.[1]);
  const event = eventNames.find((known) => known === head?.[2]);
  if (head === null || kind === undefined || event === undefined) return malformed(line, 'begin with "kind event: "');
  const proto = head[3] === undefined ? undefined : head[3] === '*' ? '*' : protocolOf(head[3]);
  if (head[3] !== undefined && proto === undefined) return malformed(line, `no protocol ${head[3]}`);
  const steps = parseSteps(row.slice(head[0].length), line);
  if (steps.kind !== 'done') return steps;
  const fields = steps.value.flatMap((step) => ('field' in step ? [step.field] : []));
  const repeated = fields.find((field, at) => field !== 'skip' && fields.indexOf(field) !== at);
  if (repeated !== undefined) return malformed(line, `{${repeated}} stands twice`);
  const missing = needed
    .slice(0, kind === 'address' ? 2 : 3)
    .find((choices) => !choices.some((field) => fields.includes(field)));
  if (missing !== undefined)
    return malformed(line, `one of ${missing.map((field) => `{${field}}`).join(' ')} is missing`);
  if (fields.includes('first') !== fields.includes('last'))
    return malformed(line, '{first} and {last} belong together');
  if (!forAllProtocols.includes(kind) && proto === undefined && !fields.includes('proto')) {
    return malformed(line, 'no {proto} and no proto=');
  }
  const literals = steps.value.flatMap((step) => ('literal' in step ? [step.literal] : []));
  const anchor = literals.reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  return anchor.trim().length < 3
    ? malformed(line, 'no text that tells its lines from others')
    : done({ kind, event, proto, steps: steps.value, anchor });
};

const parseSteps = (text: string, line: number): Parsed<readonly PatternStep[]> => {
  const parts = text.split(/\{([^{}]*)\}/);
  const steps: PatternStep[] = [];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      if (part !== '') steps.push({ literal: part });
      continue;
    }
    const field = fieldNames.find((known) => known === part);
    const stop = parts[index + 1]!;
    if (field === undefined) return malformed(line, `no field {${part}}`);
    if (stop === '' && index + 2 < parts.length) return malformed(line, `text has to stand after {${part}}`);
    steps.push({ field, stop });
  }
  return done(steps);
};
