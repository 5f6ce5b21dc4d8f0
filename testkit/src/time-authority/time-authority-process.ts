import { parseArgs } from 'node:util';
import { openTimeAuthority } from './time-authority.js';

// node testkit/dist/time-authority/time-authority-process.js [--name text] [--key rsa|p256] [--port n]
// One line of JSON on stdout: {"name", "url", "rootsFile"}. Ends with its stdin, or on SIGTERM.

const { values } = parseArgs({
  options: { name: { type: 'string' }, key: { type: 'string' }, port: { type: 'string' } },
});
const authority = await openTimeAuthority({
  ...(values.name === undefined ? {} : { name: values.name }),
  ...(values.key === 'p256' ? { key: 'p256' } : {}),
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
});
const { name, url, rootsFile } = authority;
process.stdout.write(`${JSON.stringify({ name, url, rootsFile })}\n`);
const end = (): void => {
  process.stdin.destroy();
  void authority.close();
};
process.stdin.resume().once('end', end);
process.once('SIGTERM', end);
