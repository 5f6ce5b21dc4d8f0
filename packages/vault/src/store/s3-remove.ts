import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { done, type Outcome, refused } from '@tutela/core';
import { VaultError } from '../vault-error.js';

/** Removes every version of an object: without naming them, a bucket that keeps versions only hides the newest. */
export const removeVersions = async (
  client: S3Client,
  bucket: string,
  key: string,
): Promise<Outcome<undefined, 'retained'>> => {
  try {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }),
    );
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      if (Key !== key) continue;
      const version = { Bucket: bucket, Key, ...(VersionId !== undefined && { VersionId }) };
      const why = await removeVersion(client, version);
      if (why !== undefined) return refused('retained', why);
    }
    return done(undefined);
  } catch (cause) {
    throw new VaultError('write-failed', `cannot remove ${key}: ${(cause as Error).message}`, { cause });
  }
};

interface Version {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/** @returns why the store keeps it */
const removeVersion = async (client: S3Client, version: Version): Promise<string | undefined> => {
  try {
    await client.send(new DeleteObjectCommand(version));
    return undefined;
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 403) throw error;
    const held = await client.send(new HeadObjectCommand(version));
    if (held.ObjectLockLegalHoldStatus === 'ON') return 'the store holds it under a legal hold';
    if (held.ObjectLockRetainUntilDate === undefined) throw error;
    return `the store retains it until ${held.ObjectLockRetainUntilDate.toISOString()} (${held.ObjectLockMode})`;
  }
};
