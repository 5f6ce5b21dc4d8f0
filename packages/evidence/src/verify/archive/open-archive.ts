import { done } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import type { PackageSource } from '../ports.js';
import { type ByteSource, membersSource, notAnArchive } from './members.js';
import { tarMembers } from './tar.js';
import { zipMembers } from './zip.js';

/** A package in a ZIP or tar that is not compressed. Which of them, its first bytes tell. */
export const openArchive = async (bytes: ByteSource): Promise<Verdict<PackageSource, 'not-an-archive'>> => {
  const start = await bytes.read(0, Math.min(512, bytes.size));
  const members = isZip(start) ? await zipMembers(bytes) : isTar(start) ? await tarMembers(bytes) : unknownArchive;
  return members.kind === 'done' ? done(membersSource(bytes, members.value)) : members;
};

const unknownArchive = notAnArchive('it is neither a ZIP nor a tar, or a compressed one');

const isZip = (start: Uint8Array): boolean => start[0] === 0x50 && start[1] === 0x4b;
const isTar = (start: Uint8Array): boolean =>
  start.length === 512 && new TextDecoder('latin1').decode(start.subarray(257, 262)) === 'ustar';
