import type { JsonValue } from '@tutela/core';
import type { Tx } from '@tutela/db';

/**
 * The port to durable execution. What a desk knows of the engine stands here, so that another engine is an adapter.
 *
 * A workflow may run more than once (its machine dies between an effect and the note of it), so each of its effects
 * has a deterministic key or moves a row of its own from one state to the next in one transaction.
 */
export interface Engine {
  /**
   * Starts a workflow in the caller's transaction: the effect and its next step are committed together or not at
   * all. A second start with the same id is the same start.
   */
  readonly start: (tx: Tx, job: Job) => Promise<void>;
  /** Stops what has not finished; what never began will not. */
  readonly cancel: (ids: readonly string[]) => Promise<void>;
  readonly status: (id: string) => Promise<JobStatus>;
  readonly close: () => Promise<void>;
}

export interface Job {
  /** Deterministic: the key of the thing it works on. */
  readonly id: string;
  readonly workflow: string;
  readonly input: JsonValue;
  /** Seconds before it may begin. */
  readonly delaySeconds?: number;
}

export type JobStatus = 'unknown' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Workflow {
  readonly name: string;
  /** One of the queues given to the engine. */
  readonly queue: string;
  readonly run: (input: JsonValue) => Promise<void>;
}

export interface Queue {
  readonly name: string;
  /** How many of its workflows one process runs side by side. */
  readonly perProcess: number;
}
