import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { containedTool } from '@tutela/containment';
import { done, failed, type Limited, limited, type Outcome, refused } from '@tutela/core';
import { defaultToolLimits, type ImageDeps, type ToolCode, type ToolLimits, type ToolRun } from './tool-run.js';
import { findTool, systemFolders, type ToolName, toolPackages, versionOf } from './tools.js';

export interface ToolOrder {
  readonly tool: ToolName;
  readonly parameters: readonly string[];
  /** The files of the image, absolute. */
  readonly readable: readonly string[];
  readonly zone: string;
  readonly limits?: Partial<ToolLimits>;
}

/** Takes output as it comes; a slow one holds the tool back, and `stop` ends it. */
export type ReceiveOutput = (piece: Buffer) => undefined | 'stop' | Promise<undefined | 'stop'>;

const complaintKept = 4000;

/**
 * Runs a tool on an image, contained: done when it ended by itself, whatever its exit code, or its receiver had enough.
 * What came before a limit was handed on all the same.
 */
export const runTool = async (
  deps: ImageDeps,
  order: ToolOrder,
  receive: ReceiveOutput,
): Promise<Outcome<ToolRun, ToolCode>> => {
  const { tool, parameters, readable, zone } = order;
  const program = findTool(tool, deps.toolFolders ?? systemFolders);
  if (program === undefined)
    return refused('tool-missing', `${tool} is not installed: apt-get install ${toolPackages[tool]}`);
  if (deps.stop?.aborted) return stopped;
  const limits = { ...defaultToolLimits, ...deps.limits, ...order.limits };
  const version = await versionOf(program);
  const processorSeconds = Math.ceil(limits.milliseconds / 1000);
  const command = containedTool({ program, parameters, memoryBytes: limits.memoryBytes, processorSeconds, readable });
  const began = performance.now();
  const child = spawn(command.program, command.parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { TZ: zone, LC_ALL: 'C.UTF-8' },
  });
  let endedBy: ToolRun['endedBy'] = 'itself';
  const stop = (by: ToolRun['endedBy']): void => {
    endedBy = by;
    child.kill('SIGKILL');
  };
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    complaint = (complaint + piece).slice(-complaintKept);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      complaint = error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  const timer = setTimeout(() => stop('time-limit'), limits.milliseconds);
  const onStop = (): void => stop('stopped');
  deps.stop?.addEventListener('abort', onStop);
  let bytes = 0;
  try {
    for await (const piece of child.stdout as Readable & AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > limits.bytes) {
        stop('bytes-limit');
        break;
      }
      if ((await receive(piece)) === 'stop') {
        stop('receiver');
        break;
      }
    }
    const exitCode = await ended;
    if (exitCode === null && endedBy === 'itself') endedBy = 'signal';
    const milliseconds = performance.now() - began;
    const { containment } = command;
    const run = { tool, version, parameters, zone, containment, exitCode, endedBy, bytes, complaint, milliseconds };
    deps.record(run);
    return outcomeOf(run, limits);
  } finally {
    clearTimeout(timer);
    deps.stop?.removeEventListener('abort', onStop);
    child.kill('SIGKILL');
  }
};

export const stopped: Limited<'stopped'> = limited('stopped', 'it was stopped before its end');

const outcomeOf = (run: ToolRun, limits: ToolLimits): Outcome<ToolRun, ToolCode> => {
  switch (run.endedBy) {
    case 'itself':
    case 'receiver':
      return done(run);
    case 'signal':
      return failed('crashed', `${run.tool} died: ${run.complaint.trim()}`);
    case 'time-limit':
      return limited('time-limit', `${run.tool} did not end within ${limits.milliseconds / 1000} s`);
    case 'stopped':
      return stopped;
    case 'bytes-limit':
      return limited('bytes-limit', `${run.tool} wrote more than ${limits.bytes} bytes`);
  }
};

const mostTextBytes = 16 << 20;

export interface ToolText {
  readonly text: string;
  readonly run: ToolRun;
}

/** For tools whose output is a page or two. Bytes that are no UTF-8 become U+FFFD. */
export const runForText = async (deps: ImageDeps, order: ToolOrder): Promise<Outcome<ToolText, ToolCode>> => {
  const pieces: Buffer[] = [];
  const ran = await runTool(deps, { ...order, limits: { bytes: mostTextBytes, ...order.limits } }, (piece) => {
    pieces.push(piece);
    return undefined;
  });
  if (ran.kind !== 'done') return ran;
  return done({ text: Buffer.concat(pieces).toString('utf8'), run: ran.value });
};
