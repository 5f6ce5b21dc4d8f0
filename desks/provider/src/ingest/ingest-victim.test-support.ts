import { writeSync } from 'node:fs';
import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { openProviderDesk } from '../desk.js';
import { atHour } from '../open-desk.test-support.js';

// Ingests one file and says how it came out, unless it is killed: by itself once it has read so many bytes.
const [url, folder, file, lastByte] = process.argv.slice(2) as [string, string, string, string];
const database = await openDatabase({ url, dataFolder: '' });
const desk = await openProviderDesk({ db: database.db, folder, clock: systemClock, chunkItems: 2000 });
const ingested = await desk.ingest({
  exporter: 'cgn1',
  files: [file],
  covers: { from: atHour(0), to: atHour(48) - 1 },
  by: 'operator',
  onProgress: ({ doing, bytes }) => {
    if (doing === 'reading' && bytes >= Number(lastByte)) process.kill(process.pid, 'SIGKILL');
  },
});
writeSync(1, `${JSON.stringify(ingested)}\n`);
await database.close();
process.exit();
