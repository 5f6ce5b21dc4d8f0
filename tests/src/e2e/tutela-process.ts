import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../bin/tutela', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const launch = (args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess => {
  const { TUTELA_DATA: _, TUTELA_PORT: __, DATABASE_URL: ___, ...inherited } = process.env;
  return spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, ...env } });
};

const collect = (child: ChildProcess): Promise<Ended> => {
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
    });
  }
  return once(child, 'close').then(([code]) => ({ code: code as number | null, ...text }));
};

/** Runs a command of the built command line to its end. */
export const tutela = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  collect(launch(args, env));

export interface RunningNode {
  /** Such as `http://127.0.0.1:8642`. */
  readonly origin: string;
  readonly key: string;
  /** Asks with the operator's key. */
  readonly ask: (path: string, person?: string) => Promise<Response>;
  readonly send: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

/** `tutela start` once it has printed its address. */
export const startNode = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningNode> => {
  const child = launch(['start', ...args], env);
  const ended = collect(child);
  const address = await Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data').then(([line]) => String(line).trim()),
    ended.then(({ code, stderr }) => Promise.reject(new Error(`tutela start ended with ${code}: ${stderr}`))),
  ]);
  const [origin = '', key = ''] = address.split('/#key=');
  const ask = (path: string, person?: string): Promise<Response> => {
    const as = person === undefined ? undefined : { 'tutela-actor': person };
    return fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${key}`, ...as } });
  };
  return { origin, key, ask, send: (signal) => child.kill(signal), ended };
};

/** `tutela witness start` once it has printed its address. */
export const startWitness = async (args: readonly string[]) => {
  const child = launch(['witness', 'start', ...args], {});
  const ended = collect(child);
  const address = await Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data').then(([line]) => String(line).trim()),
    ended.then(({ code, stderr }) => Promise.reject(new Error(`the witness ended with ${code}: ${stderr}`))),
  ]);
  return { address, ended, send: (signal: NodeJS.Signals) => child.kill(signal) };
};

/** `tutela worker`; `started` once it says that it takes part. */
export const startWorker = (args: readonly string[]) => {
  const child = launch(['worker', ...args], {});
  const ended = collect(child);
  const started = new Promise<void>((resolve) => {
    child.stderr?.on('data', (text: string) => {
      if (text.includes('takes part')) resolve();
    });
  });
  return { started, ended, send: (signal: NodeJS.Signals) => child.kill(signal) };
};

/** `tutela start --once`; `told` once it has said something on stderr. */
export const startDemonstration = (args: readonly string[]) => {
  const child = launch(['start', '--once', ...args], {});
  const ended = collect(child);
  const told = (what: string) =>
    new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: string) => {
        if (text.includes(what)) resolve();
      });
    });
  return { told, ended, send: (signal: NodeJS.Signals) => child.kill(signal) };
};
