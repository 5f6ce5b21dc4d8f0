import type { CommandLine, Containment } from '@tutela/containment';
import { done, type Failed, failed, limited, refused, undecidable } from '@tutela/core';
import { type DecoderChild, startChild } from './decoder-child.js';
import { decoderCommand } from './decoder-command.js';
import type { DecodeLimits } from './limits.js';
import type { DecodeCode, DecodeOutcome } from './outcomes.js';
import type { Lane as LaneName } from './picture-type.js';
import { fits, type Reply, type Request } from './wire.js';

/** Decoder processes of one kind and the inputs that wait for them. */
export interface Lane {
  readonly containment: readonly Containment[];
  readonly decode: (input: Uint8Array, asked: Omit<Request, 'id'>) => Promise<DecodeOutcome>;
  readonly close: () => Promise<void>;
}

export interface LaneOptions {
  readonly lane: LaneName;
  readonly processes: number;
  readonly limits: DecodeLimits;
}

interface Job extends Request {
  readonly input: Uint8Array;
  readonly settle: (outcome: DecodeOutcome) => void;
  /** It was in a process that died with several inputs on board: next time it travels alone. */
  readonly suspect: 'no' | 'yes';
}

interface Slot {
  readonly child: DecoderChild;
  /** Sent and not answered, oldest first: the process works on the first. */
  jobs: readonly Job[];
  served: number;
  /** What it said of itself when it was ready. */
  versions: string | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Why we killed it, if it was for its first job. */
  verdict: DecodeOutcome | undefined;
}

/** Inputs sent ahead, so that a process never waits for the pipe; few, since a crash sends them all again. */
const jobsAhead = 4;
const bytesAhead = 2 << 20;
const startMilliseconds = 30_000;
/** The process enforces its limit itself; the parent's clock is for one that no longer can. */
const graceMilliseconds = 1_000;

export const openLane = ({ lane, processes, limits }: LaneOptions): Lane => {
  const command: CommandLine = decoderCommand(limits, JSON.stringify({ lane, limits }));
  const slots = new Set<Slot>();
  let waiting: Job[] = [];
  let lastId = 0;
  let whenEmpty: (() => void) | undefined;

  const start = (): Slot => {
    const child = startChild(command, {
      onReply: (reply, body) => answered(slot, reply, body),
      onEnd: (how) => ended(slot, how),
    });
    const slot: Slot = { child, jobs: [], served: 0, versions: undefined, timer: undefined, verdict: undefined };
    slots.add(slot);
    watch(slot);
    return slot;
  };

  const watch = (slot: Slot): void => {
    clearTimeout(slot.timer);
    const [first] = slot.jobs;
    if (slot.versions !== undefined && first === undefined) return;
    const milliseconds = slot.versions === undefined ? startMilliseconds : limits.milliseconds + graceMilliseconds;
    slot.timer = setTimeout(() => {
      if (slot.versions !== undefined) slot.verdict = limited('timed-out', `no answer in ${milliseconds} ms`);
      slot.child.kill();
    }, milliseconds);
  };

  const canTake = (slot: Slot, job: Job): boolean => {
    const { jobs } = slot;
    if (slot.served + jobs.length >= limits.inputsPerProcess) return false;
    if (jobs.length === 0) return true;
    if (job.suspect === 'yes' || jobs.some(({ suspect }) => suspect === 'yes')) return false;
    const bytes = jobs.reduce((sum, { input }) => sum + input.length, job.input.length);
    return jobs.length < jobsAhead && bytes <= bytesAhead;
  };

  const slotFor = (job: Job): Slot | undefined => {
    const able = [...slots].filter((slot) => canTake(slot, job));
    const [idlest] = able.toSorted((a, b) => a.jobs.length - b.jobs.length);
    if (idlest?.jobs.length === 0 || slots.size >= processes) return idlest;
    return start();
  };

  const dispatch = (): void => {
    for (let job = waiting[0]; job !== undefined; job = waiting[0]) {
      const slot = slotFor(job);
      if (slot === undefined) return;
      waiting.shift();
      slot.jobs = [...slot.jobs, job];
      slot.child.send(job, job.input);
      if (slot.jobs.length === 1) watch(slot);
    }
  };

  const answered = (slot: Slot, reply: Reply, body: Uint8Array): void => {
    const [first, ...rest] = slot.jobs;
    if (reply.kind === 'hello') {
      slot.versions = Buffer.from(body).toString('latin1');
      watch(slot);
      return;
    }
    const sound = first?.id === reply.id && (reply.kind === 'refusal' || fits(first, reply));
    if (!sound || slot.versions === undefined) {
      slot.child.kill();
      return;
    }
    slot.jobs = rest;
    slot.served++;
    watch(slot);
    if (rest.length === 0 && slot.served >= limits.inputsPerProcess) slot.child.kill();
    first.settle(outcomeOf(first, reply, body, slot.versions));
    dispatch();
  };

  const ended = (slot: Slot, how: string): void => {
    clearTimeout(slot.timer);
    slots.delete(slot);
    const [first, ...rest] = slot.jobs;
    if (slot.versions === undefined) {
      const jobs = [...slot.jobs, ...waiting.splice(0)];
      for (const job of jobs) job.settle(failed('unavailable', `The decoder process did not start: ${how}`));
    } else if (slot.verdict !== undefined) {
      first?.settle(slot.verdict);
      waiting = [...rest, ...waiting];
    } else if (first !== undefined && rest.length === 0) {
      first.settle(failed('crashed', `The decoder process died of this input: ${how}`));
    } else {
      waiting = [...slot.jobs.map((job): Job => ({ ...job, suspect: 'yes' })), ...waiting];
    }
    dispatch();
    if (slots.size === 0) whenEmpty?.();
  };

  return {
    containment: command.containment,
    decode: (input, asked) =>
      new Promise((settle) => {
        if (whenEmpty !== undefined) return settle(closed());
        if (waiting.length >= limits.waiting) return settle(failed('busy', `${waiting.length} inputs wait already`));
        waiting.push({ id: ++lastId, input, ...asked, settle, suspect: 'no' });
        dispatch();
      }),
    close: () =>
      new Promise((resolve) => {
        whenEmpty = resolve;
        for (const slot of slots) {
          waiting.push(...slot.jobs);
          slot.jobs = [];
          slot.child.kill();
        }
        for (const job of waiting.splice(0)) job.settle(closed());
        if (slots.size === 0) resolve();
      }),
  };
};

const closed = (): Failed<DecodeCode> => failed('closed', 'The decoder was closed.');

const outcomeOf = (
  { type }: Job,
  reply: Exclude<Reply, { readonly kind: 'hello' }>,
  body: Uint8Array,
  versions: string,
): DecodeOutcome => {
  if (reply.kind === 'picture') {
    const { width, height, storedWidth, storedHeight, integrity, channels } = reply;
    const grey = channels === 'one' ? { grey: true as const } : {};
    return done({ width, height, rgb: body, ...grey, type, storedWidth, storedHeight, integrity, decodedBy: versions });
  }
  const message = `The decoder says: ${Buffer.from(body).toString('latin1')}`;
  if (reply.code === 'too-large' || reply.code === 'timed-out') return limited(reply.code, message);
  return reply.code === 'truncated' || reply.code === 'undecodable'
    ? undecidable(reply.code, message)
    : refused(reply.code, message);
};
