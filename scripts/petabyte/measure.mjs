import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const seconds = (act) => {
  const { user, system } = process.cpuUsage();
  act();
  const after = process.cpuUsage({ user, system });
  return (after.user + after.system) / 1e6;
};
const best = (act) => Math.min(...[0, 1, 2].map(() => seconds(act)));

/** Rates of this processor, in seconds of one core: the best of three. */
export const measureHere = async () => {
  const { bytesSource, checkPassword, takeCensus } = await import('@tutela/archive');
  const from = `--measure, ${process.arch}, Node ${process.versions.node}`;
  const bytes = randomBytes(4 << 20);
  const digest = (name) => ({
    value: Math.round(
      (64 * bytes.length) /
        best(() => {
          const hash = createHash(name);
          for (let at = 0; at < 64; at++) hash.update(bytes);
          hash.digest();
        }),
    ),
    from,
  });
  const fixture = (name) =>
    readFileSync(fileURLToPath(new URL(`../../packages/archive/fixtures/${name}`, import.meta.url)));
  const checks = async (name, count) => {
    const census = await takeCensus(bytesSource(fixture(name)));
    const { check } = census.value.locks[0];
    return {
      value: Math.round(
        count /
          best(() => {
            for (let at = 0; at < count; at++) checkPassword(check, `word-${at}`);
          }),
      ),
      from,
    };
  };
  const { user, system } = process.cpuUsage();
  for (let at = 0; at < 2000; at++) await takeCensus(bytesSource(fixture('rar3-data.rar')));
  const after = process.cpuUsage({ user, system });
  return {
    sha256: digest('sha256'),
    sha1: digest('sha1'),
    md5: digest('md5'),
    census: { value: Number(((after.user + after.system) / 1e6 / 2000).toPrecision(2)), from },
    rar5Cpu: await checks('rar5-data.rar', 200),
    rar3Cpu: await checks('rar3-data-stored.rar', 300),
  };
};
