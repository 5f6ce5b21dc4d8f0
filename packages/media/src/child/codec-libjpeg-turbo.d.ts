/** The package ships no types; these are the parts in use (cornerstonejs/codecs, packages/libjpeg-turbo-8bit). */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  class JPEGDecoder {
    /** Room for the input in WebAssembly memory, valid until the next call. */
    getEncodedBuffer(length: number): Uint8Array;
    /** Throws on every error and warning of libjpeg-turbo. */
    decode(): void;
    getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: number };
    /** Interleaved samples in WebAssembly memory, valid until the next call. */
    getDecodedBuffer(): Uint8ClampedArray;
  }
  const createModule: () => Promise<{ readonly JPEGDecoder: typeof JPEGDecoder }>;
  export default createModule;
}
