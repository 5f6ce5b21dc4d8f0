import { parseInstant, toHex, type UtcInstant } from '@tutela/core';
import * as asn1js from 'asn1js';
import { type DigestName, digestOfOid } from './algorithms.js';
import { type Block, integerOf, octetsOf, oidOf, partsOf, readDer, unreadable } from './der.js';

/** What an authority states (RFC 3161 §2.4.2, TSTInfo). */
export interface TokenInfo {
  /** Object identifier of the policy under which it stamps. */
  readonly policy: string;
  readonly imprint: { readonly digest: DigestName | undefined; readonly hash: Uint8Array };
  /** The authority's number of the token, hexadecimal as DER has it. */
  readonly serial: string;
  /** Cut to milliseconds. */
  readonly genTime: UtcInstant;
  /** How far off `genTime` may be, in microseconds; absent when the authority says nothing. */
  readonly accuracyMicros?: number;
  readonly nonce?: Uint8Array;
}

/** To be called within `attempt`. */
export const readTokenInfo = (der: Uint8Array): TokenInfo => {
  const [version, policy, imprint, serial, genTime, ...optional] = partsOf(readDer(der));
  if (toHex(integerOf(version)) !== '01') unreadable('it is not of version 1');
  const [algorithm, hash] = partsOf(imprint);
  const accuracy = optional.find((part) => part instanceof asn1js.Sequence);
  const nonce = optional.find((part) => part instanceof asn1js.Integer);
  refuseCriticalExtensions(optional.find((part) => contextTag(part) === 1));
  return {
    policy: oidOf(policy),
    imprint: { digest: digestOfOid(oidOf(partsOf(algorithm)[0])), hash: octetsOf(hash) },
    serial: toHex(integerOf(serial)),
    genTime: momentOf(genTime),
    ...(accuracy && { accuracyMicros: microsOf(accuracy) }),
    ...(nonce && { nonce: integerOf(nonce) }),
  };
};

/** GeneralizedTime in UTC, as RFC 3161 §2.4.2 wants it; without the zone it would mean another moment elsewhere. */
const momentOf = (block: Block | undefined): UtcInstant => {
  if (!(block instanceof asn1js.GeneralizedTime)) return unreadable('genTime is not a time');
  const text = new TextDecoder().decode(block.valueBlock.valueHexView);
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z$/.exec(text) ?? [];
  const instant = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`);
  return instant ?? unreadable('genTime is not a moment in UTC');
};

const contextTag = (block: Block): number => (block.idBlock.tagClass === 3 ? block.idBlock.tagNumber : -1);

/** Extensions ::= SEQUENCE OF { extnID, critical BOOLEAN DEFAULT FALSE, extnValue }; we know none (RFC 5280 §4.2). */
const refuseCriticalExtensions = (extensions: Block | undefined): void => {
  for (const extension of extensions === undefined ? [] : partsOf(extensions)) {
    const critical = partsOf(extension).some((part) => part instanceof asn1js.Boolean && part.valueBlock.value);
    if (critical) unreadable('it has a critical extension');
  }
};

/** Accuracy ::= SEQUENCE { seconds INTEGER, millis [0] 1..999, micros [1] 1..999 }, each of them optional. */
const microsOf = (accuracy: Block): number =>
  partsOf(accuracy).reduce((sum, part) => {
    if (part instanceof asn1js.Integer) return sum + 1_000_000 * smallNumber(integerOf(part));
    const tag = contextTag(part);
    if (!(part instanceof asn1js.Primitive) || tag > 1 || tag < 0) return unreadable('the accuracy is malformed');
    return sum + (tag === 0 ? 1000 : 1) * smallNumber(new Uint8Array(part.valueBlock.valueHexView));
  }, 0);

const smallNumber = (bytes: Uint8Array): number =>
  bytes.length > 0 && bytes.length <= 4 && (bytes[0] as number) < 0x80
    ? bytes.reduce((value, byte) => value * 256 + byte, 0)
    : unreadable('the accuracy is no small number');
