import { bytesFrom } from './member.js';

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
const step = (value: number, byte: number): number => table[(value ^ byte) & 0xff]! ^ (value >>> 8);

/** Traditional PKWARE encryption (APPNOTE §6.1): twelve bytes, the last of them of the checksum, then the data. */
export const zipCryptoEncrypt = (
  plain: Uint8Array,
  password: string,
  { label, crc }: { readonly label: string; readonly crc: number },
): Buffer => {
  const keys: [number, number, number] = [0x12345678, 0x23456789, 0x34567890];
  const update = (byte: number): void => {
    keys[0] = step(keys[0], byte);
    keys[1] = (Math.imul(keys[1] + (keys[0] & 0xff), 134_775_813) + 1) | 0;
    keys[2] = step(keys[2], keys[1] >>> 24);
  };
  for (const byte of Buffer.from(password)) update(byte);
  const header = bytesFrom(`${label}/header`, 12);
  header[11] = crc >>> 24;
  return Buffer.from(
    Buffer.concat([header, plain]).map((byte) => {
      const mask = (keys[2] & 0xffff) | 2;
      const locked = byte ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
      update(byte);
      return locked;
    }),
  );
};
