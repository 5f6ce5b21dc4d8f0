import { barX, gridX, ruleX, text } from '@observablehq/plot';
import type { ArchiveCountsBody } from '@tutela/investigator-desk/api';
import { useMemo } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, Plot, Section } from '../../design/index.js';
import { archiveStates, archiveTones } from './archive-states.js';

/** By state as bars, and by kind and state as a table: the same numbers. */
export const ArchiveCounts = ({ counts }: ArchiveCountsBody) => {
  const { say, sayIfKnown, number, bytes } = useTongue();
  const total = counts.reduce((sum, { archives }) => sum + archives, 0);
  const bars = archiveStates.flatMap((state) => {
    const archives = counts.filter((one) => one.state === state).reduce((sum, one) => sum + one.archives, 0);
    return archives === 0 ? [] : [{ state: say(`investigator.archive-state.${state}`), archives }];
  });
  const shape = JSON.stringify(bars);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawing is made anew when what it shows is another
  const [marks, options] = useMemo(
    () =>
      [
        [
          gridX(),
          barX(bars, { x: 'archives', y: 'state', fill: 'var(--accent)' }),
          text(bars, {
            x: 'archives',
            y: 'state',
            text: ({ archives }) => number(archives),
            dx: 4,
            textAnchor: 'start',
          }),
          ruleX([0]),
        ],
        {
          height: 40 + bars.length * 26,
          marginLeft: 130,
          marginRight: 40,
          x: { label: say('investigator.archives.count'), zero: true },
          y: { label: null, domain: bars.map(({ state }) => state) },
        },
      ] as const,
    [shape, say],
  );
  return (
    <Section title={say('investigator.archives.by-state', { count: total })}>
      <div className="side-by-side">
        <Plot label={say('investigator.archives.plot')} marks={marks} options={options} />
        <DataTable
          caption={say('investigator.archives.by-kind')}
          rows={counts}
          rowKey={({ format, encryption, state }) => `${format} ${encryption} ${state}`}
          columns={[
            {
              id: 'format',
              header: say('investigator.archive.format'),
              cell: ({ format }) => sayIfKnown(`investigator.format.${format}`) ?? format,
            },
            {
              id: 'encryption',
              header: say('investigator.archive.encryption'),
              cell: ({ encryption }) => sayIfKnown(`investigator.encryption.${encryption}`) ?? encryption,
            },
            {
              id: 'state',
              header: say('investigator.archive.state'),
              cell: ({ state }) => (
                <Badge tone={archiveTones[state]}>{say(`investigator.archive-state.${state}`)}</Badge>
              ),
            },
            {
              id: 'archives',
              header: say('investigator.archives.count'),
              align: 'end',
              cell: ({ archives }) => number(archives),
            },
            { id: 'bytes', header: say('investigator.size'), align: 'end', cell: (row) => bytes(row.bytes) },
          ]}
        />
      </div>
    </Section>
  );
};
