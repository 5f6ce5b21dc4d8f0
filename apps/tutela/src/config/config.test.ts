import { expect, test } from 'vitest';
import { readConfig } from './config.js';

test('a flag goes before the environment, and the environment before the default', () => {
  const env = { TUTELA_DATA: '/env/data', TUTELA_PORT: '9000' };
  expect(readConfig({ data: 'here', port: '0' }, env, '/work')).toMatchObject({
    dataFolder: '/work/here',
    port: { kind: 'exactly', port: 0 },
  });
  expect(readConfig({}, env, '/work')).toMatchObject({
    dataFolder: '/env/data',
    port: { kind: 'exactly', port: 9000 },
  });
  const { dataFolder, port, databaseUrl } = readConfig(
    {},
    { TUTELA_DATA: '', TUTELA_PORT: '', DATABASE_URL: '' },
    '/work',
  );
  expect(dataFolder).toMatch(/\/\.tutela$/);
  expect(port).toEqual({ kind: 'from', port: 8642 });
  expect(databaseUrl).toBeUndefined();
});

test('the default data folder does not depend on where the command is called', () => {
  expect(readConfig({}, {}, '/').dataFolder).toBe(readConfig({}, {}, '/tmp').dataFolder);
});

test.each([
  [{ TUTELA_PORT: '70000' }, 'TUTELA_PORT'],
  [{ TUTELA_PORT: '80a' }, 'TUTELA_PORT'],
  [{ TUTELA_PORT: '-1' }, 'TUTELA_PORT'],
  [{ DATABASE_URL: 'mysql://root:hunter2@db/x' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'hunter2' }, 'DATABASE_URL'],
])('%o is refused as usage without repeating the value', (env, name) => {
  const reading = () => readConfig({}, env, '/');
  expect(reading).toThrow(expect.objectContaining({ code: 'usage', message: `${name} is not valid.` }));
});

test('a port flag that is no port is refused as usage', () => {
  for (const port of ['', 'http', '65536', '1.5']) {
    expect(() => readConfig({ port }, {}, '/')).toThrow(expect.objectContaining({ code: 'usage' }));
  }
});
