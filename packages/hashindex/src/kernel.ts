import { readFileSync } from 'node:fs';
import { HashIndexError } from './hash-index-error.js';

/** Memory shared between threads; `grow` adds pages of 64 KiB and keeps views on the old buffer valid. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  readonly grow: (pages: number) => number;
}

/** What kernel/index.ts exports. All arguments are addresses or counts. */
export interface Kernel {
  readonly permute: (source: number, target: number, count: number) => void;
  readonly unpermute: (source: number, target: number, count: number) => void;
  readonly countTops: (hashes: number, size: number, counts: number) => void;
  readonly buildTables: (
    chunks: number,
    index: number,
    hashes: number,
    size: number,
    counts: number,
    room: number,
  ) => void;
  readonly scan: (job: number) => void;
  readonly probe: (job: number) => void;
}

/** The part of the JavaScript interface in use; Node's types leave it to the browser's. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };

export const pageBytes = 65_536;
const maximumPages = 65_536;
/** Addresses below belong to the kernel's own constants and to the allocator's word. */
export const firstFreeAddress = 1024;

const module = new WebAssembly.Module(readFileSync(new URL('./kernel.wasm', import.meta.url)));

/** @throws HashIndexError when the machine cannot reserve the address space. */
export const newMemory = (bytes: number): SharedMemory => {
  const initial = Math.ceil(bytes / pageBytes);
  if (initial > maximumPages) throw new HashIndexError('too-many', `${bytes} bytes do not fit in one segment of 4 GiB`);
  try {
    return new WebAssembly.Memory({ initial, maximum: maximumPages, shared: true });
  } catch (cause) {
    throw new HashIndexError('out-of-memory', `no room for ${bytes} bytes`, { cause });
  }
};

const kernels = new WeakMap<SharedMemory, Kernel>();

/** This thread's kernel over a memory. */
export const kernelOf = (memory: SharedMemory): Kernel => {
  const known = kernels.get(memory);
  if (known !== undefined) return known;
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel;
  kernels.set(memory, kernel);
  return kernel;
};
