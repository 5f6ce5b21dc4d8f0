import type { MaterialItem } from '../../material/case-material.js';
import { type Block, facts, heading, paragraph, section } from '../blocks.js';
import { moment, type Telling } from '../report-input.js';
import { toolText } from './exhibits.js';

export const reports = ({ say, material }: Telling): readonly Block[] => {
  const received = material.reports ?? [];
  if (received.length === 0) return [section(say('reports.title')), paragraph(say('reports.none'))];
  return [
    section(say('reports.title')),
    ...received.flatMap((report): readonly Block[] => [
      heading(report.id),
      facts(
        [say('reports.from'), report.from],
        [say('reports.sent-at'), report.sentAt && moment(report.sentAt)],
        [say('reports.received-at'), moment(report.receivedAt)],
        [say('reports.incident'), report.incidentType],
        [say('reports.incident-at'), report.incidentAt],
        [say('reports.files'), String(report.files)],
        ['SHA-256', report.sha256],
      ),
    ]),
    paragraph(say('reports.note')),
  ];
};

export const items = (telling: Telling): readonly Block[] => {
  const { say, material } = telling;
  return [
    section(say('items.title')),
    ...(material.items.length === 0
      ? [paragraph(say('items.none'))]
      : material.items.flatMap((item) => one(telling, item))),
  ];
};

const one = ({ say, files }: Telling, item: MaterialItem): readonly Block[] => {
  const file = files.find((each) => each.item === item.id && each.role === item.as);
  const encrypted = file?.plain === undefined ? '' : ` · ${say('items.encrypted')}`;
  return [
    heading(`${item.id} · ${say(`items.${item.as}`)}`),
    ...(item.thumbnail && item.as === 'original'
      ? [{ kind: 'picture', bytes: item.thumbnail, caption: say('items.thumbnail', { id: item.id }) } as const]
      : []),
    facts(
      [say('items.reason'), item.reason],
      [say('items.name'), item.name],
      [say('items.found-at'), item.foundAt],
      [say('items.exhibit'), item.exhibit],
      [say('items.report'), item.report],
      [say('items.kind'), item.mediaType],
      [say('items.size'), say('bytes.count', { bytes: String(item.bytes) })],
      ['SHA-256', item.digests.sha256],
      ['SHA-1', item.digests.sha1],
      ['MD5', item.digests.md5],
      [say('items.made-with'), item.madeWith && toolText(item.madeWith)],
      [say('items.file'), file && `${file.path}${encrypted}`],
      [say('items.file-digest'), file?.plain && file.sha256],
    ),
  ];
};

export const chronology = ({ say, material }: Telling): readonly Block[] => {
  const entries = [...(material.chronology ?? [])].sort((one, other) => (one.at < other.at ? -1 : 1));
  if (entries.length === 0) return [section(say('chronology.title')), paragraph(say('chronology.none'))];
  return [
    section(say('chronology.title')),
    {
      kind: 'table',
      head: [say('chronology.time'), say('chronology.what'), say('chronology.source')],
      widths: [0.27, 0.5, 0.23],
      rows: entries.map(({ at, what, source }) => [moment(at), what, source]),
    },
  ];
};

export const exclusions = ({ say, request }: Telling): readonly Block[] => {
  const { exclusions: left } = request.content;
  if (left.length === 0) return [section(say('exclusions.title')), paragraph(say('exclusions.none'))];
  return [
    section(say('exclusions.title')),
    {
      kind: 'table',
      head: [say('exclusions.what'), say('exclusions.why')],
      widths: [0.35, 0.65],
      rows: left.map(({ id, reason }) => [id, reason]),
    },
  ];
};
