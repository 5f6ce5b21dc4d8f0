import type { ExhibitRecord, ToolUse } from '../../material/records.js';
import { type Block, facts, heading, paragraph, section } from '../blocks.js';
import type { MessageKey, Say } from '../messages/messages.js';
import { moment, orNone, type Telling } from '../report-input.js';

export const toolText = ({ name, version, arguments: given }: ToolUse): string =>
  `${name} ${version}${given === undefined ? '' : ` (${given})`}`;

export const exhibits = ({ say, material }: Telling): readonly Block[] => {
  const all = material.exhibits ?? [];
  return [
    section(say('exhibits.title')),
    ...(all.length === 0 ? [paragraph(say('exhibits.none'))] : all.flatMap((exhibit) => one(say, exhibit))),
  ];
};

const one = (say: Say, exhibit: ExhibitRecord): readonly Block[] => {
  const { acquisition, digests, clockOffsetSeconds: offset } = exhibit;
  const clock: MessageKey = (offset ?? 0) < 0 ? 'exhibits.clock-behind' : 'exhibits.clock-ahead';
  return [
    heading(`${exhibit.id} · ${exhibit.description}`),
    facts(
      [say('exhibits.parent'), exhibit.parent],
      [say('exhibits.seized-at'), exhibit.seizedAt && moment(exhibit.seizedAt)],
      [say('exhibits.seized-where'), exhibit.seizedWhere],
      [say('exhibits.seized-by'), exhibit.seizedBy],
      [say('exhibits.seized-from'), exhibit.seizedFrom],
      [say('exhibits.make'), exhibit.make],
      [say('exhibits.serial'), exhibit.serial],
      [say('exhibits.capacity'), exhibit.capacity && say('bytes.count', { bytes: exhibit.capacity })],
      [say('exhibits.seals'), exhibit.seals?.join(', ')],
      [say('exhibits.storage'), exhibit.storagePlace],
      [say('exhibits.authority'), exhibit.authority],
      [
        say('exhibits.imaged'),
        acquisition && say('exhibits.imaged-by', { at: moment(acquisition.at), by: acquisition.by }),
      ],
      [say('exhibits.tool'), acquisition && toolText(acquisition.tool)],
      [say('exhibits.write-blocker'), acquisition?.writeBlocker],
      [say('exhibits.image-format'), acquisition?.imageFormat],
      [say('exhibits.read-errors'), acquisition && orNone(say, acquisition.readErrors)],
      ['SHA-256', digests?.sha256],
      ['SHA-1', digests?.sha1],
      ['MD5', digests?.md5],
      [say('exhibits.time-zone'), exhibit.timeZone],
      [say('exhibits.clock'), offset === undefined ? undefined : say(clock, { seconds: Math.abs(offset) })],
    ),
  ];
};

export const custody = ({ say, material }: Telling): readonly Block[] => {
  const records = [...(material.custody ?? [])].sort((one, other) => one.seq - other.seq);
  if (records.length === 0) return [section(say('custody.title')), paragraph(say('custody.none'))];
  return [
    section(say('custody.title')),
    paragraph(say('custody.intro')),
    ...records.flatMap((record): readonly Block[] => [
      heading(`${record.seq} · ${moment(record.at)} · ${record.action}`),
      facts(
        [
          say('custody.who'),
          record.secondActor === undefined
            ? record.actor
            : say('custody.who-with', { actor: record.actor, second: record.secondActor }),
        ],
        [say('custody.objects'), record.objects.map(({ id }) => id).join(', ')],
        [say('exhibits.authority'), record.authority],
        [say('custody.allowed-by'), record.rule && say(`rule.${record.rule}`)],
        [say('custody.with'), record.tool && toolText(record.tool)],
        [say('custody.where'), record.host],
        [say('custody.clock'), record.clockSource],
        [say('custody.reason'), record.reason],
        [say('custody.result'), record.result],
        ...record.objects.flatMap(({ id, sha256In, sha256Out }) => [
          [say('custody.digest-in', { id }), sha256In] as const,
          [say('custody.digest-out', { id }), sha256Out] as const,
        ]),
      ),
    ]),
  ];
};
