/**
 * The unpacking process: 7-Zip as WebAssembly. Requests come as lines on standard input; members leave on descriptor 3.
 * It can open no file; the archives are descriptors that it inherited. It dies with its parent.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SevenZipModule } from '7z-wasm';
import { frameHeadBytes, frameKinds, longestFrame, type UnpackRequest, type UnpackResult } from '../wire.js';
import { layVolumes } from './archive-files.js';
import { openSevenZip } from './library.js';
import { divertMembers, outFolder, Stopped } from './member-sink.js';

const wordsKept = 2000;

const writeAll = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(3, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};
const say = (kind: number, body: Uint8Array): void => {
  const head = Buffer.alloc(frameHeadBytes);
  head[0] = kind;
  head.writeUInt32LE(body.length, 1);
  writeAll(head);
  writeAll(body);
};

/** Its types do not say that it returns the exit code. */
const runMain = (module: SevenZipModule, words: string[]): number => module.callMain(words) as unknown as number;

const answer = async (request: UnpackRequest): Promise<UnpackResult> => {
  let words = '';
  let exitCode = 0;
  const hear = (line: string): void => {
    words = (words + (words === '' ? '' : '\n') + line).slice(-wordsKept);
  };
  const module = await openSevenZip(hear);
  layVolumes(module, request.volumes);
  const members = divertMembers(module, request, {
    onMember: (path) => say(frameKinds.member, Buffer.from(path)),
    onData: (bytes) => {
      for (let at = 0; at < bytes.length; at += longestFrame)
        say(frameKinds.data, bytes.subarray(at, at + longestFrame));
    },
    onEnd: () => say(frameKinds.end, new Uint8Array()),
  });
  const command = request.operation === 'extract' ? ['x', `-o${outFolder}`] : ['t'];
  try {
    exitCode = runMain(module, [
      ...command,
      '-y',
      '-bd',
      `-p${request.password}`,
      '--',
      `/in/${request.volumes[0]!.name}`,
    ]);
  } catch (error) {
    if (!(error instanceof Stopped) && members.stoppedBy() === undefined) throw error;
  }
  const stoppedBy = members.stoppedBy();
  return { exitCode, words, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
};

for await (const line of createInterface({ input: process.stdin })) {
  const result = await answer(JSON.parse(line) as UnpackRequest);
  say(frameKinds.result, Buffer.from(JSON.stringify(result)));
}
