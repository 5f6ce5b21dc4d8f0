import { constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { SevenZipModule, SevenZipModuleFactory } from '7z-wasm';

/** `lib` has no WebAssembly without the DOM; this is all that is needed of it. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };

const require = createRequire(import.meta.url);
// Asked for by a part of the library that is not used here (its bridge to real files), and refused by the permission model.
Object.assign(process, { binding: () => ({ fs: constants }) });
const sevenZip = require('7z-wasm') as SevenZipModuleFactory;
const compiled = new WebAssembly.Module(readFileSync(require.resolve('7z-wasm/7zz.wasm')));

/** 7-Zip in a memory of its own, with an empty file system; good for one command. */
export const openSevenZip = (hear: (line: string) => void): Promise<SevenZipModule> => {
  const options = {
    stdin: () => null as unknown as number,
    print: hear,
    printErr: hear,
    // Compiled once a process, instead of once a command.
    instantiateWasm: (imports: object, ready: (instance: object) => void) => {
      const instance = new WebAssembly.Instance(compiled, imports);
      ready(instance);
      return instance.exports;
    },
  };
  return sevenZip(options);
};
