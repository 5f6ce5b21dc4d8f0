import type { UtcInstant } from '@tutela/core';
import type { FilePull } from '@tutela/image';
import type { CompiledScope, Decision } from '@tutela/policy';
import type { AuthorityGate } from '../authority-gate.js';
import { digestOfPath, type RawPath } from '../paths.js';
import type { PassOptions } from '../schema.js';
import type { UnitLocator } from '../unit-locator.js';
import { lookUp } from './list-folder.js';

export interface PlannedFile {
  readonly path: RawPath;
  readonly pathSha256: string;
  readonly kind: 'file' | 'not-a-file' | 'gone';
  /** 0 for what is no file. */
  readonly size: number;
  readonly modifiedAt: UtcInstant | null;
  readonly decision: Decision;
  /** Of a file in an image: draws its bytes. */
  readonly draw?: () => FilePull;
  /** Where they are found again, as a row keeps it. */
  readonly imagePlace?: string;
}

export interface PlannedUnit {
  readonly locator: UnitLocator;
  readonly expectedFiles?: number;
  readonly expectedBytes?: number;
}

/** What a unit does itself, and what it leaves to others. */
export interface UnitPlan {
  readonly files: readonly PlannedFile[];
  readonly units: readonly PlannedUnit[];
  /** Files and folders that the authority does not let us read. */
  readonly refused: readonly Refusal[];
  readonly unreadableFolders: readonly RawPath[];
  /** Why some of it is unreadable. */
  readonly reason?: string;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly path: RawPath;
  readonly decision: Decision;
}

export interface PlanDeps {
  readonly root: Buffer;
  readonly options: PassOptions;
  readonly gate: AuthorityGate;
  readonly scope: CompiledScope;
}

/** How an answer to "may we read this file" looks: read it, or leave it alone. */
export type Examined =
  | { readonly kind: 'planned'; readonly file: PlannedFile }
  | { readonly kind: 'large'; readonly file: PlannedFile }
  | Refusal;

/** Looks a file up and asks about it. */
export const examine = (deps: PlanDeps, path: RawPath): Examined => {
  const looked = lookUp(deps.root, path);
  const at = 'modifiedAt' in looked ? looked.modifiedAt : undefined;
  const decision = deps.gate.decide(deps.scope, 'hash', { path, kind: 'file', ...(at !== undefined && { at }) });
  if (decision.answer !== 'allow') return { kind: 'refused', path, decision };
  const size = looked.kind === 'file' ? looked.size : 0;
  const pathSha256 = digestOfPath(path);
  const file: PlannedFile = { path, pathSha256, kind: looked.kind, size, modifiedAt: at ?? null, decision };
  return { kind: size >= deps.options.largeBytes ? 'large' : 'planned', file };
};

/** `undefined` where a folder may be looked into. */
export const folderRefusal = ({ gate, scope }: PlanDeps, folder: RawPath): Refusal | undefined => {
  const decision = gate.decide(scope, 'hash', { path: folder, kind: 'folder' });
  return decision.answer === 'allow' ? undefined : { kind: 'refused', path: folder, decision };
};

/** Whether the name of a folder may be kept. The root's is that of the source. */
export const mayName = ({ gate, scope }: PlanDeps, folder: RawPath): 'yes' | 'no' =>
  gate.decide(scope, 'list', { path: folder, kind: 'folder' }).answer === 'allow' ? 'yes' : 'no';

/** Into how many shares files go, so that none is larger than a unit. */
export const sharesFor = (files: number, bytes: number, { unitFiles, unitBytes }: PassOptions): number =>
  Math.max(1, Math.ceil(files / unitFiles), Math.ceil(bytes / unitBytes));

export const refusalsIn = (examined: readonly Examined[]): readonly Refusal[] =>
  examined.flatMap((one) => (one.kind === 'refused' ? [one] : []));

export const sumOf = (files: readonly PlannedFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

export const largeUnit = ({ path, size }: PlannedFile): PlannedUnit => ({
  locator: { kind: 'file', path: path.toString('base64') },
  expectedFiles: 1,
  expectedBytes: size,
});

/** A folder that could not be listed, for a row of its own. */
export const unlistableFolder = ({ gate, scope }: PlanDeps, folder: RawPath): PlannedFile => ({
  path: folder,
  pathSha256: digestOfPath(folder),
  kind: 'gone',
  size: 0,
  modifiedAt: null,
  decision: gate.decide(scope, 'hash', { path: folder, kind: 'folder' }),
});
