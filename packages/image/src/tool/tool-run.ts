import type { Containment } from '@tutela/containment';
import type { ToolName } from './tools.js';

/** What was run on the evidence and how it ended: enough for another examiner to do it again. */
export interface ToolRun {
  readonly tool: ToolName;
  readonly version: string;
  readonly parameters: readonly string[];
  /** The time zone it was given, for file systems that keep local time. */
  readonly zone: string;
  readonly containment: readonly Containment[];
  /** `null` where it did not end by itself. */
  readonly exitCode: number | null;
  readonly endedBy: 'itself' | 'signal' | 'time-limit' | 'bytes-limit' | 'receiver' | 'stopped';
  readonly bytes: number;
  /** The end of what it said on standard error. */
  readonly complaint: string;
  readonly milliseconds: number;
}

/** What one run may use. Reaching one is a finding, never a success. */
export interface ToolLimits {
  readonly memoryBytes: number;
  readonly milliseconds: number;
  /** Of standard output. */
  readonly bytes: number;
}

const tebibyte = 2 ** 40;
export const defaultToolLimits: ToolLimits = {
  memoryBytes: 2 * 2 ** 30,
  milliseconds: 24 * 3_600_000,
  bytes: 64 * tebibyte,
};

export interface ImageDeps {
  /** Told of every run when it has ended, whether well or not. */
  readonly record: (run: ToolRun) => void;
  readonly limits?: Partial<ToolLimits>;
  /** Ends what runs: an authority that ended, a person who paused. */
  readonly stop?: AbortSignal;
  /** Where the tools lie; the system's folders where it is left out. */
  readonly toolFolders?: readonly string[];
}

export type ToolCode = 'tool-missing' | 'crashed' | 'time-limit' | 'bytes-limit' | 'stopped';
