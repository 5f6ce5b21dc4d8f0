import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** `/usr/local/go/bin/go` where PATH has none. */
export const go = [process.env.TUTELA_GO ?? 'go', '/usr/local/go/bin/go'].find(
  (command) => spawnSync(command, ['version']).status === 0,
);

const source = (name: string): string => fileURLToPath(new URL(`../../src/conformance/${name}`, import.meta.url));

export interface BuiltDriver {
  readonly program: string;
  readonly remove: () => void;
}

/**
 * Builds a program of ours inside a copy of somebody's Go module, so that nothing of theirs is changed or kept.
 * @param driver file of this folder that becomes the program
 * @param missing file of this folder that the module needs to compile at all
 */
export const buildGoDriver = (checkout: string, driver: string, missing?: string): BuiltDriver => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tutela-go-'));
  const module = path.join(folder, 'module');
  cpSync(checkout, module, { recursive: true });
  mkdirSync(path.join(module, 'tutela_driver'));
  cpSync(source(driver), path.join(module, 'tutela_driver', 'main.go'));
  if (missing !== undefined) cpSync(source(missing), path.join(module, missing));
  const program = path.join(folder, 'driver');
  const run = (...args: string[]): void => {
    const env = { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false' };
    const { status, stderr } = spawnSync(go ?? 'go', args, { cwd: module, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`go ${args.join(' ')}: ${stderr}`);
  };
  // Some modules come without their list of checksums.
  if (!existsSync(path.join(module, 'go.sum')) || readFileSync(path.join(module, 'go.sum')).length === 0) {
    run('mod', 'tidy');
  }
  run('build', '-o', program, './tutela_driver');
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
