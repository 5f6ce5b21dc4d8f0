import { mkdir, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { done, nothing, type Outcome } from '@tutela/core';
import { atATime } from '../at-a-time.js';
import { VaultError } from '../vault-error.js';
import {
  type ForeignObject,
  isKeyId,
  isObjectName,
  type KeyId,
  type ListedObject,
  type ObjectName,
  type ObjectStore,
  type ReadObject,
  type StoredRange,
} from './object-store.js';
import type { S3Place } from './s3-place.js';
import { removeVersions } from './s3-remove.js';
import { uploadFile } from './s3-upload.js';
import { sweepStaging } from './staging.js';

export interface S3StoreOptions extends S3Place {
  /** A local folder for objects on their way up; ciphertext only. */
  readonly staging: string;
  /** Otherwise as the SDK finds them: environment, shared configuration, role of the machine. */
  readonly credentials?: S3ClientConfig['credentials'];
}

const partsAtOnce = 4;

/** A store in a bucket of S3 or of a server that speaks it: `<prefix>objects/<key id>/<name>`. */
export const openS3Store = async (options: S3StoreOptions): Promise<ObjectStore & { readonly close: () => void }> => {
  const { bucket, prefix, endpoint, region, staging, credentials } = options;
  await mkdir(staging, { recursive: true, mode: 0o700 });
  await sweepStaging(staging);
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials !== undefined && { credentials }),
    // Other servers than Amazon's do not know its newer checksums; ours stand in the upload and in the object itself.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const top = `${prefix}objects/`;
  const place: Bucket = { client, bucket, top, keyOf: ({ keyId, name }) => `${top}${keyId}/${name}` };
  const parts = atATime(partsAtOnce);
  return {
    place: `s3://${bucket}/${prefix}${endpoint === undefined ? '' : ` at ${new URL(endpoint).host}`}`,
    staging,
    put: async (name, file, size) => {
      try {
        return await put(place, name, size, () =>
          uploadFile({ client, bucket, key: place.keyOf(name), file, size, parts }),
        );
      } catch (cause) {
        throw new VaultError('write-failed', `cannot store ${name.name}: ${(cause as Error).message}`, { cause });
      } finally {
        await rm(file, { force: true });
      }
    },
    stat: (name) => statOf(place, name),
    read: (name, range) => read(place, name, range),
    list: (of, after) => list(place, of, after),
    remove: async (name) => {
      const held = await statOf(place, name);
      return held.kind === 'done' ? removeVersions(client, bucket, place.keyOf(name)) : held;
    },
    close: () => client.destroy(),
  };
};

interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
  readonly top: string;
  readonly keyOf: (name: ObjectName) => string;
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
const absent = ({ name }: ObjectName) => nothing('not-in-store', `the store has no ${name}`);

const put = async (
  place: Bucket,
  name: ObjectName,
  size: number,
  upload: () => Promise<void>,
): Promise<'stored' | 'already-there'> => {
  const held = await statOf(place, name);
  if (held.kind === 'done' && held.value.size === size) return 'already-there';
  // Of another length it is damaged and gives way; where the store keeps versions, the damaged one stays as an old one.
  if (held.kind === 'done') {
    await place.client.send(new DeleteObjectCommand({ Bucket: place.bucket, Key: place.keyOf(name) }));
  }
  try {
    await upload();
  } catch (error) {
    // 412: somebody else was faster. 409: is just about to be.
    if (statusOf(error) !== 412 && statusOf(error) !== 409) throw error;
  }
  const stored = await statOf(place, name);
  if (stored.kind === 'done' && stored.value.size === size) return 'stored';
  throw new Error('the store does not hold what was sent');
};

const statOf = async (
  { client, bucket, keyOf }: Bucket,
  name: ObjectName,
): Promise<Outcome<{ readonly size: number }, 'not-in-store'>> => {
  try {
    const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(name) }));
    return done({ size: ContentLength });
  } catch (cause) {
    if (statusOf(cause) === 404) return absent(name);
    throw new VaultError('read-failed', `cannot look at ${name.name}: ${(cause as Error).message}`, { cause });
  }
};

const read = async (
  place: Bucket,
  name: ObjectName,
  { start, end }: StoredRange,
): Promise<Outcome<ReadObject, 'not-in-store'>> => {
  const { client, bucket, keyOf } = place;
  const Range = `bytes=${start}-${end === undefined ? '' : end - 1}`;
  try {
    const { Body, ContentRange } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name), Range }));
    const size = Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1]);
    if (!(Body instanceof Readable) || Number.isNaN(size)) throw new Error('the store does not serve ranges');
    return done({ size, bytes: Body });
  } catch (cause) {
    if (statusOf(cause) === 404) return absent(name);
    // The object ends before the range begins: it was cut.
    if (statusOf(cause) === 416) {
      const held = await statOf(place, name);
      return held.kind === 'done' ? done({ size: held.value.size, bytes: Readable.from([]) }) : held;
    }
    throw new VaultError('read-failed', `cannot read ${name.name}: ${(cause as Error).message}`, { cause });
  }
};

async function* list(
  { client, bucket, top, keyOf }: Bucket,
  of?: KeyId,
  after?: ObjectName,
): AsyncGenerator<ListedObject | ForeignObject> {
  const asked = { Bucket: bucket, Prefix: of === undefined ? top : `${top}${of}/` };
  for (let startAfter = after && keyOf(after); ; ) {
    const page = await client
      .send(new ListObjectsV2Command({ ...asked, ...(startAfter !== undefined && { StartAfter: startAfter }) }))
      .catch((cause: Error) => {
        throw new VaultError('read-failed', `cannot list the store: ${cause.message}`, { cause });
      });
    for (const { Key = '', Size: size = 0 } of page.Contents ?? []) {
      const [keyId = '', name = '', ...more] = Key.slice(top.length).split('/');
      const own = isKeyId(keyId) && isObjectName(name) && more.length === 0;
      yield own ? { kind: 'object', keyId, name, size } : { kind: 'foreign', path: Key };
      startAfter = Key;
    }
    if (page.IsTruncated !== true) return;
  }
}
