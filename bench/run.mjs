// npm run bench -- NAME [options of that benchmark]
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.mjs') && !['clock.mjs', 'run.mjs', 'table.mjs'].includes(file))
  .map((file) => file.slice(0, -'.mjs'.length));
const [name, ...options] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(`npm run bench -- ${names.join('|')}`);
  process.exit(2);
}
const { run } = await import(`./${name}.mjs`);
await run(options);
