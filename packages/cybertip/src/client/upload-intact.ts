import type { CybertipClient, Spoiled, Upload, Uploaded } from './client.js';
import type { Answered } from './result.js';

/**
 * Uploads again, under the same report, while other bytes arrive than were sent (protocols.md §1.10). Every other end
 * is the caller's to judge. The file must be readable more than once: a path or bytes.
 * @param attempts how often at most, the first included
 */
export const uploadIntact = async (
  client: CybertipClient,
  upload: Upload,
  attempts = 3,
): Promise<Answered<Uploaded> | Spoiled> => {
  const result = await client.upload(upload);
  return isSpoiledOnTheWay(result) && attempts > 1 ? uploadIntact(client, upload, attempts - 1) : result;
};

const isSpoiledOnTheWay = (result: Answered<Uploaded> | Spoiled): boolean =>
  result.kind === 'failed' && result.reason.code === 'md5-mismatch';
