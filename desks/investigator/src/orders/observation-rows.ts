import {
  formatIpv6,
  type IntakeSettings,
  type Observation,
  type ObservationFields,
  readObservation,
} from '@tutela/attribution';
import { askedOf } from '@tutela/attribution/exchange';
import { newId, toInstant } from '@tutela/core';
import type { Insertable } from 'kysely';
import type { ObservationId, ObservationImportId, ObservationTable } from './schema.js';

export type ObservationRow = Insertable<ObservationTable>;
export interface RowPlace {
  readonly import_id: ObservationImportId;
  readonly case_ref: string;
  readonly place: number;
}

/** A row of one place of a source, from its fields. */
export const readRow = (of: RowPlace, fields: ObservationFields, settings: IntakeSettings): ObservationRow => {
  const read = readObservation(fields, settings);
  return read.kind === 'done' ? usableRow(of, read.value) : refusedRow(of, read.reason.code);
};

/** What may not be asked about is kept as a place and a code: hearsay about somebody is not collected here. */
export const refusedRow = (of: RowPlace, code: string): ObservationRow => ({
  ...of,
  observation_id: newId<ObservationId>(),
  state: 'refused',
  code,
  asked: null,
  ip: null,
  port: null,
  seen_from: null,
  seen_to: null,
  entry: null,
});

export const usableRow = (of: RowPlace, observation: Observation): ObservationRow => {
  const asked = askedOf(observation);
  if (asked === undefined) return refusedRow(of, 'ROLE_NOT_A_CONNECTION');
  const { ip, port, from, to, entry } = observation;
  return {
    ...of,
    observation_id: newId<ObservationId>(),
    state: 'usable',
    code: null,
    asked: JSON.stringify(asked),
    ip: ip.version === 4 ? ip.text : formatIpv6(ip.value),
    port: port ?? null,
    seen_from: toInstant(new Date(from.at)),
    seen_to: toInstant(new Date(to.at)),
    entry,
  };
};

/** How often each code came up. */
export const codesOf = (rows: readonly ObservationRow[]): Readonly<Record<string, number>> => {
  const codes: Record<string, number> = {};
  for (const { code } of rows) if (typeof code === 'string') codes[code] = (codes[code] ?? 0) + 1;
  return codes;
};
