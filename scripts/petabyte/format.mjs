const number = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const days = (value) =>
  value < 1 / 24
    ? `${number(value * 1440)} min`
    : value < 2
      ? `${number(value * 24, 1)} h`
      : `${number(value, 1)} days`;
const size = (bytes) => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${number(bytes / 1000 ** power, 2)} ${units[power]}`;
};
const table = (head, rows) =>
  [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

/** docs/operations/petabyte.md */
export const formatPlan = (inputs, plan) => {
  const given = Object.entries(inputs).flatMap(([group, figures]) =>
    Object.entries(figures).map(([name, { value, unit, from }]) => [`${group}.${name}`, number(value, 4), unit, from]),
  );
  const limit =
    plan.pass.days === plan.pass.byReading
      ? 'reading'
      : plan.pass.days === plan.pass.byCores
        ? 'processors'
        : 'the database';
  return `# A petabyte seizure: machines, days, storage

Computed by \`node scripts/petabyte-plan.mjs --write\` from \`petabyte.json\` beside this page. A laboratory copies that file,
changes what it knows better (its machines, its store, what it measured) and runs the script with \`--inputs FILE\`;
\`--measure\` puts the rates of its own processor in. Nothing here was run on a petabyte: it is arithmetic on figures whose
origin stands beside each of them.

## Reading and hashing everything once

One pass reads every byte once and yields SHA-256, SHA-1 and MD5 together.

${table(
  ['limited by', 'time'],
  [
    ['reading from the store', days(plan.pass.byReading)],
    [`processors (${number(plan.cores)} cores)`, days(plan.pass.byCores)],
    ['rows into one PostgreSQL', days(plan.pass.byRows)],
    [`**the pass takes** (limited by ${limit})`, `**${days(plan.pass.days)}**`],
    ['census of all archives by their headers, besides', days(plan.census)],
  ],
)}

## What pictures look like

\`tutela seize fingerprint\` looks at each distinct picture once, those from opened archives too, so that edited copies are found.

${table(
  ['work', 'how much'],
  [
    ['distinct pictures', number(plan.pictures.count)],
    ['processor time a picture, decoder and worker, mean', `${number(plan.pictures.milliseconds, 1)} ms`],
    [`processors (${number(plan.cores)} cores)`, days(plan.pictures.byCores)],
    ['reading from the store', days(plan.pictures.byReading)],
    ['**looking at all pictures takes, besides**', `**${days(plan.pictures.days)}**`],
  ],
)}

## Storage

${table(
  ['what', 'how much'],
  [
    ['files', number(plan.files)],
    ['files in archives, once they are open', number(plan.members)],
    ['bytes to keep, each content once', size(plan.storage.kept)],
    [
      'database',
      `${size(plan.storage.database)} in ${number(plan.rows)} rows, ${plan.partitions} partitions of 50 million`,
    ],
  ],
)}

## Passwords

${table(
  ['work', 'checks', 'RAR3, processors', 'RAR3, graphics cards', 'RAR5, processors', 'RAR5, graphics cards'],
  [
    ['in order, with the stop rule', plan.inOrder],
    ['every archive against the whole list', plan.ofAll],
  ].map(([name, work]) => [
    name,
    number(work.checks),
    ...['rar3Cpu', 'rar3Gpu', 'rar5Cpu', 'rar5Gpu'].map((key) => days(work[key])),
  ]),
)}

A graphics card reaches its rate only when its lanes are full: one lock with a short list leaves most of them idle
(forensics.md §2.5), so the second row is what it cannot keep up with first. What nobody can open stays locked, and the
forecast of a pass says "unknown behind N locked archives" instead of a date.

## What it rests on

${table(['figure', 'value', 'unit', 'from'], given)}
`;
};
