import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';

/** How a node is reached. */
export interface NodeAddress {
  readonly origin: string;
  readonly operatorKey: string;
}

/** Nodes in processes of their own; one that is killed is followed by another, at another address. */
export interface NodeCrew {
  /** Of the node at this place, or of the one that follows it. */
  readonly at: (place: number) => Promise<NodeAddress>;
  /** Ends one with SIGKILL. @returns when it is gone */
  readonly kill: (place: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Member {
  readonly child: ChildProcess;
  readonly address: Promise<NodeAddress>;
}

const program = fileURLToPath(new URL('demo-node.js', import.meta.url));
const ready = z.object({ origin: z.string(), operatorKey: z.string() });

/** @param tell gets what a node says on its way */
export const openNodeCrew = async (
  size: number,
  {
    dataFolder,
    ranges,
    tell,
  }: { readonly dataFolder: string; readonly ranges: string; readonly tell: (line: string) => void },
): Promise<NodeCrew> => {
  const start = (): Member => {
    const child = fork(program, [dataFolder, ranges], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => tell(text.trimEnd()));
    return { child, address: addressOf(child) };
  };
  const members: Member[] = [];
  for (let place = 0; place < size; place++) {
    const member = start();
    // One after another: the first makes what the others find.
    await member.address;
    members.push(member);
  }
  const memberAt = (place: number): Member => {
    const member = members[place % size];
    if (member === undefined) throw new RangeError('a crew has at least one node');
    return member;
  };
  return {
    at: (place) => memberAt(place).address,
    kill: async (place) => {
      const { child } = memberAt(place);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      members[place % size] = start();
      await gone;
    },
    close: async () => {
      await Promise.all(
        members.map(async ({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.disconnect();
          await gone;
        }),
      );
    },
  };
};

const addressOf = async (child: ChildProcess): Promise<NodeAddress> => {
  const ended = once(child, 'exit').then(() => undefined);
  const told = await Promise.race([once(child, 'message').then(([message]) => ready.parse(message)), ended]);
  if (told !== undefined) return told;
  throw new TutelaError('internal', 'A node of the demonstration ended before it answered.', 'Run it again.');
};
