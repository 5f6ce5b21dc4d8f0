// Files one report with one large file: `PLACE SIZE`. Prints how long the upload took, ends with its input.
import { createHash, randomBytes } from 'node:crypto';
import { createCybertipClient } from '@tutela/cybertip';

const [place, size] = [JSON.parse(process.argv[2]), Number(process.argv[3])];

const pattern = randomBytes(2 ** 20);
/** Every MiB differs from the others. */
function* content() {
  for (let at = 0; at < size; at += pattern.length) {
    const chunk = Buffer.from(pattern.subarray(0, Math.min(pattern.length, size - at)));
    if (chunk.length >= 8) chunk.writeBigUInt64LE(BigInt(at));
    yield chunk;
  }
}
async function* stream() {
  yield* content();
}

const expectDone = (answer) => {
  if (answer.kind !== 'done') throw new Error(`${answer.reason.code}: ${answer.reason.message}`);
  return answer.value;
};

const md5 = createHash('md5');
for (const chunk of content()) md5.update(chunk);

const client = createCybertipClient({ ...place, environment: 'test' });
const reportId = expectDone(
  await client.submit({
    incidentSummary: {
      incidentType: 'Child Pornography (possession, manufacture, and distribution)',
      incidentDateTime: '2026-03-01T10:15:00Z',
    },
    reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  }),
);
const from = performance.now();
const file = { name: 'large.bin', stream: stream(), size };
const { fileId } = expectDone(await client.upload({ reportId, file, md5: md5.digest('hex') }));
const seconds = (performance.now() - from) / 1000;
expectDone(await client.fileinfo({ reportId, fileId, originalFileName: 'large.bin', fileViewedByEsp: false }));
if (expectDone(await client.finish(reportId)).length !== 1) throw new Error('the report has not its file');
console.log(JSON.stringify({ seconds }));
process.stdin.resume();
