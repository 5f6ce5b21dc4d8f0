import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandLine, containedCommand, modulesFolderOf } from '@tutela/containment';
import type { DecodeLimits } from './limits.js';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Inputs and pixels lie outside of the JavaScript heap, which needs little. */
const heapMegabytes = 96;

/** The command that starts a decoder process as contained as this machine allows. */
export const decoderCommand = (limits: DecodeLimits, configuration: string): CommandLine =>
  containedCommand({
    entry: path.join(here, 'child', 'decoder-process.js'),
    parameters: [configuration],
    memoryBytes: limits.memoryBytes,
    heapMegabytes,
    readableFolders: [here, modulesFolderOf(createRequire(import.meta.url).resolve('sharp'))],
    native: 'native-modules',
  });
