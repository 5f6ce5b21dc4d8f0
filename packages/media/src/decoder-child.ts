import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import type { CommandLine } from '@tutela/containment';
import { frameHead, frameReader } from './frames.js';
import { longestScreenSide, type Reply, type Request, replyOf, requestWords } from './wire.js';

/** One decoder process, seen from its parent. */
export interface DecoderChild {
  readonly send: (request: Request, input: Uint8Array) => void;
  readonly kill: () => void;
}

export interface ChildEvents {
  readonly onReply: (reply: Reply, body: Uint8Array) => void;
  /** Once, after the last reply: how the process ended, in words. */
  readonly onEnd: (how: string) => void;
}

/**
 * All that a process sees, since ours may hold secrets. One decoding thread a process, as many processes as wanted. The
 * allocator keeps the memory of the last picture for the next, instead of a page fault for every 4 KiB of each: a
 * seventh of the time of a progressive JPEG.
 */
const environment: NodeJS.ProcessEnv = {
  UV_THREADPOOL_SIZE: '1',
  VIPS_CONCURRENCY: '1',
  VIPS_BLOCK_UNTRUSTED: '1',
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(32 << 20),
  MALLOC_TRIM_THRESHOLD_: String(256 << 20),
};

const longestReply = 3 * longestScreenSide * longestScreenSide;
const errorLength = 500;

/** Starts a process. An answer that breaks the protocol kills it: what it has parsed may have taken it over. */
export const startChild = (command: CommandLine, { onReply, onEnd }: ChildEvents): DecoderChild => {
  const child: ChildProcess = spawn(command.program, command.parameters, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    env: environment,
  });
  const kill = (): void => void child.kill('SIGKILL');
  let complaint = '';
  let ended = false;
  const end = (how: string): void => {
    if (ended) return;
    ended = true;
    onEnd(complaint === '' ? how : `${how}: ${complaint.trim()}`);
  };

  const read = frameReader(longestReply, (frame) => {
    const reply = replyOf(frame);
    if (reply === undefined) kill();
    else onReply(reply, frame.body);
  });
  (child.stdio[3] as Readable).on('data', (piece: Uint8Array) => void (read(piece) === 'broken' && kill()));
  child.stderr!.setEncoding('latin1').on('data', (piece: string) => {
    complaint = (complaint + piece).slice(-errorLength);
  });
  // A write to a process that just died fails; its end is reported by `close`, after its last replies were read.
  child.stdin!.on('error', kill);
  child.on('error', (error) => end(error.message));
  child.on('close', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));

  return {
    kill,
    send: (request, input) => {
      child.stdin!.cork();
      child.stdin!.write(frameHead(requestWords(request), input.length));
      child.stdin!.write(input);
      child.stdin!.uncork();
    },
  };
};

export const defaultProcesses = availableParallelism();
