const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
const crcStep = (value: number, byte: number): number => table[(value ^ byte) & 0xff]! ^ (value >>> 8);

/** Traditional PKWARE decryption (APPNOTE §6.1.5): three keys of 32 bits that every plaintext byte moves on. */
export const zipCrypto = (password: Uint8Array): { readonly decrypt: (data: Uint8Array) => Uint8Array } => {
  let key0 = 0x12345678;
  let key1 = 0x23456789;
  let key2 = 0x34567890;
  const update = (byte: number): void => {
    key0 = crcStep(key0, byte);
    key1 = (Math.imul(key1 + (key0 & 0xff), 134_775_813) + 1) | 0;
    key2 = crcStep(key2, key1 >>> 24);
  };
  for (const byte of password) update(byte);
  return {
    decrypt: (data) =>
      Uint8Array.from(data, (byte) => {
        const mask = (key2 & 0xffff) | 2;
        const plain = byte ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
        update(plain);
        return plain;
      }),
  };
};
