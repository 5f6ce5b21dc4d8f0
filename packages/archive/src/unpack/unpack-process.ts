import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Containment, containedCommand } from '@tutela/containment';
import { frameHeadBytes, frameKinds, longestFrame, type UnpackRequest, type UnpackResult } from './wire.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const heapMegabytes = 256;
const complaintKept = 500;

/** What comes out of the process while it unpacks; a slow receiver holds it back. */
export interface MemberReceiver {
  readonly begin: (memberPath: string) => void | Promise<void>;
  readonly data: (bytes: Uint8Array) => void | Promise<void>;
  readonly end: () => void | Promise<void>;
}

export interface UnpackProcess {
  readonly containment: readonly Containment[];
  /** One at a time. `how` when the process ended instead of answering. */
  readonly ask: (
    request: UnpackRequest,
    receiver: MemberReceiver,
  ) => Promise<{ readonly result: UnpackResult } | { readonly how: string }>;
  readonly kill: () => void;
}

/** Starts it. `descriptors` are open files that it inherits, as 4, 5, 6, …; it can open nothing itself. */
export const startUnpackProcess = (memoryBytes: number, descriptors: readonly number[]): UnpackProcess => {
  const command = containedCommand({
    entry: path.join(here, 'child', 'unpack-process.js'),
    parameters: [],
    memoryBytes,
    heapMegabytes,
    readableFolders: [here, path.dirname(createRequire(import.meta.url).resolve('7z-wasm'))],
    native: 'none',
  });
  const child: ChildProcess = spawn(command.program, command.parameters, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', ...descriptors],
    env: {},
  });
  let complaint = '';
  child.stderr!.setEncoding('latin1').on('data', (piece: string) => {
    complaint = (complaint + piece).slice(-complaintKept);
  });
  child.stdin!.on('error', () => child.kill('SIGKILL'));
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(`${signal ?? `exit code ${code}`} ${complaint}`.trim()));
  });
  const frames = framesOf(child.stdio[3] as Readable);

  return {
    containment: command.containment,
    kill: () => void child.kill('SIGKILL'),
    ask: async (request, receiver) => {
      child.stdin!.write(`${JSON.stringify(request)}\n`);
      for (let frame = await frames.next(); frame.done !== true; frame = await frames.next()) {
        const { kind, body } = frame.value;
        if (kind === frameKinds.member) await receiver.begin(body.toString('utf8'));
        else if (kind === frameKinds.data) await receiver.data(body);
        else if (kind === frameKinds.end) await receiver.end();
        else if (kind === frameKinds.result) return { result: JSON.parse(body.toString('utf8')) as UnpackResult };
      }
      child.kill('SIGKILL');
      return { how: await ended };
    },
  };
};

interface Frame {
  readonly kind: number;
  readonly body: Buffer;
}

/** Ends at the first frame that no sound sender would send: what it has unpacked may have taken it over. */
async function* framesOf(stream: Readable): AsyncGenerator<Frame, undefined> {
  const known: readonly number[] = Object.values(frameKinds);
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of stream as AsyncIterable<Buffer>) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    while (held.length >= frameHeadBytes) {
      const length = held.readUInt32LE(1);
      if (length > longestFrame || !known.includes(held[0]!)) return undefined;
      if (held.length < frameHeadBytes + length) break;
      yield { kind: held[0]!, body: held.subarray(frameHeadBytes, frameHeadBytes + length) };
      held = held.subarray(frameHeadBytes + length);
    }
  }
  return undefined;
}
