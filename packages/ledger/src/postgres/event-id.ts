import type { Branded } from '@tutela/core';

export type EventId = Branded<string, 'EventId'>;

/**
 * RFC 9562 §5.7 (version 7): the time comes first, so that an index of a million of them grows at its end.
 * @param random 16 bytes of it, for this one alone
 */
export const newEventId = (atMs: number, random: Uint8Array): EventId => {
  const bytes = Buffer.from(random);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint16(0, Math.floor(atMs / 2 ** 32));
  view.setUint32(2, atMs % 2 ** 32);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as EventId;
};
