import { Encrypter } from 'age-encryption';
import type { ExportRecipient } from '../format/index.js';

/**
 * Bytes as a standard age file (age-encryption.org/v1) for the recipients; they go by, none is held.
 * @throws Error for a recipient that is no `age1…`
 */
export const encryptFor = async (
  recipients: readonly ExportRecipient[],
  plain: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> => {
  const encrypter = new Encrypter();
  for (const { age } of recipients) encrypter.addRecipient(age);
  const source = plain[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await source.next();
      if (done === true) controller.close();
      else controller.enqueue(Uint8Array.from(value));
    },
    cancel: async () => {
      await source.return?.();
    },
  });
  return await encrypter.encrypt(stream);
};
