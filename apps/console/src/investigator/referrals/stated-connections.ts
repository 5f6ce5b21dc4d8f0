import type { ReportView } from '@tutela/investigator-desk/api';

export interface StatedConnection {
  readonly id: string;
  readonly owner: 'person' | 'file' | 'incident';
  readonly address: string | null;
  readonly port: number | null;
  /** The moment in the service's own words. */
  readonly stated: string | null;
}

/** Every place of a report that states an address, in the order of the document. */
export const statedConnections = ({ persons, files, incidents }: ReportView): readonly StatedConnection[] => {
  const owned = [
    ...persons.map(({ captures }) => ({ owner: 'person' as const, captures })),
    ...files.map(({ captures }) => ({ owner: 'file' as const, captures })),
    ...incidents.map(({ captures }) => ({ owner: 'incident' as const, captures })),
  ];
  return owned.flatMap(({ owner, captures }, nth) =>
    captures
      .filter(({ type }) => type === 'IP Address')
      .map(({ value, port, stated }, at) => ({ id: `${nth} ${at}`, owner, address: value, port, stated })),
  );
};
