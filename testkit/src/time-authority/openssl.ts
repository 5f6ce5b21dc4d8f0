import { execFile, spawnSync } from 'node:child_process';

/** Whether the `openssl` command is there; tests that need it are skipped by name where it is not. */
export const opensslAtHand: 'at-hand' | 'missing' =
  spawnSync('openssl', ['version']).status === 0 ? 'at-hand' : 'missing';

export interface Ran {
  readonly code: number;
  /** Standard output and errors, together. */
  readonly said: string;
}

/** Runs the real `openssl` to its end; `folder` is where relative names lead. */
export const openssl = (args: readonly string[], folder?: string): Promise<Ran> =>
  new Promise((resolve) => {
    execFile('openssl', [...args], { cwd: folder, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, said: `${stdout}${stderr}` });
    });
  });

/** @throws TypeError with what it said when it does not end with 0 */
export const opensslDone = async (args: readonly string[], folder?: string): Promise<void> => {
  const { code, said } = await openssl(args, folder);
  if (code !== 0) throw new TypeError(`openssl ${args.join(' ')} ended with ${code}: ${said}`);
};
