import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { AtATime } from '../at-a-time.js';

const mebi = 1024 * 1024;
/** Larger objects go up in parts of at least this size, one in memory at a time and upload. */
const partBytes = 8 * mebi;
/** S3: an upload has at most 10,000 parts. */
const mostParts = 10_000;

interface Upload {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly size: number;
  /** Parts in memory at once, over all uploads. */
  readonly parts: AtATime;
}

/**
 * Every body goes with its MD5, which S3 servers compare (radosgw 16 takes a wrong SHA-256 without a word). The object
 * must not be there yet: `If-None-Match: *`.
 * @throws S3ServiceException, with HTTP status 412 when it is there
 */
export const uploadFile = async (upload: Upload): Promise<void> => {
  const handle = await open(upload.file);
  try {
    await (upload.size <= partBytes ? putWhole(upload, handle) : putInParts(upload, handle));
  } finally {
    await handle.close();
  }
};

const putWhole = ({ client, bucket, key, size, parts }: Upload, handle: FileHandle): Promise<unknown> =>
  parts(async () => {
    const body = await readPart(handle, 0, size);
    return client.send(new PutObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: '*', ...checked(body) }));
  });

const putInParts = async (upload: Upload, handle: FileHandle): Promise<void> => {
  const { client, bucket, key, size, parts } = upload;
  const place = { Bucket: bucket, Key: key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place));
  try {
    const sent: CompletedPart[] = [];
    const each = Math.max(partBytes, Math.ceil(size / mostParts / mebi) * mebi);
    for (let at = 0; at < size; at += each) {
      const PartNumber = sent.length + 1;
      const { ETag } = await parts(async () => {
        const body = await readPart(handle, at, Math.min(each, size - at));
        return client.send(new UploadPartCommand({ ...place, UploadId, PartNumber, ...checked(body) }));
      });
      sent.push({ PartNumber, ETag });
    }
    const whole = { ...place, UploadId, MultipartUpload: { Parts: sent }, IfNoneMatch: '*' };
    await client.send(new CompleteMultipartUploadCommand(whole));
  } catch (error) {
    // Parts that stay cost money and are seen by nobody; the error that led here is the one to tell.
    await client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
    throw error;
  }
};

const checked = (body: Buffer) => ({
  Body: body,
  ContentLength: body.length,
  ContentMD5: createHash('md5').update(body).digest('base64'),
});

const readPart = async (handle: FileHandle, at: number, length: number): Promise<Buffer> => {
  const part = Buffer.alloc(length);
  const { bytesRead } = await handle.read(part, 0, length, at);
  if (bytesRead !== length) throw new Error('the staged file is shorter than it was written');
  return part;
};
