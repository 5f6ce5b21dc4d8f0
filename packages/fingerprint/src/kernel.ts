import { readFileSync } from 'node:fs';

/** The WebAssembly module built from `kernel/`; addresses are byte offsets into its memory. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Makes room for a picture and says where its bytes go; 0 when the memory does not suffice. */
  readonly reserve: (width: number, height: number) => number;
  /** Makes room for a picture to be turned, kept until called again (0 frees it); 0 as in `reserve`. */
  readonly reserveSource: (bytes: number) => number;
  /** Fills the reserved picture from the source, `start` and the steps to the next column and row in bytes. */
  readonly turn: (start: number, stepX: number, stepY: number) => void;
  /** Hashes the picture last reserved; returns its quality. */
  readonly hash: (grey: boolean) => number;
  /** Where `hash` leaves its 32 bytes. */
  readonly resultAt: () => number;
  /** Where the cosine matrix lies: 16 rows of 64 float32. */
  readonly cosinesAt: () => number;
}

/** The part of the JavaScript interface in use; Node's types leave it to the browser's. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };

const load = (): Kernel => {
  const bytes = readFileSync(new URL('./kernel.wasm', import.meta.url));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Kernel;
};

let loaded: Kernel | undefined;

/** The thread's one instance; its memory stays as large as the largest picture hashed so far (about 3.3 bytes a pixel). */
export const kernel = (): Kernel => {
  loaded ??= load();
  return loaded;
};
