import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '@tutela/core';
import type { PassId, UnitId } from './schema.js';
import type { UnitLocator } from './unit-locator.js';

/** Of the pass and what the unit works on, so that a unit told twice is one (RFC 9562 §5.8, version 8). */
export const unitIdOf = (passId: PassId, locator: UnitLocator): UnitId => {
  const text = `${passId}\n${canonicalJson(locator as unknown as JsonObject)}`;
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return groups.join('-') as UnitId;
};
