import { done, type JsonObject, type Outcome } from '@tutela/core';
import { type OpenCode, type OpenImage, openImage, type ToolRun } from '@tutela/image';
import { InvestigatorError } from '../../investigator-error.js';
import type { SourceRow } from '../queries/sources.js';
import { type MayGoOn, untilStopped } from './until-stopped.js';

/** The image of a source while a unit works on it. */
export interface SourceImage {
  readonly image: OpenImage;
  readonly close: () => void;
}

/** What was run on an image, for the record. */
export interface ToolLog {
  readonly record: (run: ToolRun) => void;
  /** By tool: how often, how often in vain, and the parameters of its first run. */
  readonly summary: () => readonly JsonObject[];
}

/** @param mayGoOn asked twice a second while tools run; once it says no they are ended */
export const openSourceImage = async (
  { locator, zone }: Pick<SourceRow, 'locator' | 'zone'>,
  { record }: ToolLog,
  mayGoOn: MayGoOn,
): Promise<Outcome<SourceImage, Exclude<OpenCode, 'tool-missing'>>> => {
  const { signal, close } = untilStopped(mayGoOn);
  const opened = await openImage({ record, stop: signal }, { paths: [locator], ...(zone !== null && { zone }) }).catch(
    (error: unknown) => {
      close();
      throw error;
    },
  );
  if (opened.kind === 'done') return done({ image: opened.value, close });
  close();
  if (opened.reason.code === 'tool-missing') throw new InvestigatorError('tool-missing', opened.reason.message);
  return opened as Exclude<typeof opened, { kind: 'done' }> & Outcome<never, Exclude<OpenCode, 'tool-missing'>>;
};

export const openToolLog = (): ToolLog => {
  const first = new Map<string, ToolRun>();
  const counts = new Map<string, { readonly runs: number; readonly inVain: number }>();
  return {
    record: (run) => {
      if (!first.has(run.tool)) first.set(run.tool, run);
      const { runs, inVain } = counts.get(run.tool) ?? { runs: 0, inVain: 0 };
      const isWell = run.exitCode === 0 && run.endedBy === 'itself';
      counts.set(run.tool, { runs: runs + 1, inVain: inVain + (isWell ? 0 : 1) });
    },
    summary: () =>
      [...first.values()].map(({ tool, version, parameters, zone, containment }) => ({
        tool,
        version,
        zone,
        containment: [...containment],
        parameters: [...parameters],
        ...counts.get(tool)!,
      })),
  };
};
