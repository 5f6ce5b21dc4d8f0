import { z } from 'zod';
import type { Node } from '../node/node.js';
import { askFor } from './ask.js';
import type { DemoFile, DemoUpload } from './world.js';

/** What was found of a file. */
export type FoundFile = DemoFile & { readonly outcome: string };

const received = z.object({ outcome: z.string() });

/** Hands them over as a service does. Those that were handed over before are the same uploads. */
export const sendUploads = (
  node: Node,
  { list, uploads }: { readonly list: string; readonly uploads: readonly DemoUpload[] },
): Promise<readonly FoundFile[]> =>
  Promise.all(
    uploads.map(async ({ bytes, ...file }) => {
      const form = new FormData();
      const { id, account, ip, port, uploadedAt } = file;
      for (const [name, value] of Object.entries({ id, account, ip, port: `${port}`, uploadedAt, list })) {
        form.append(name, value);
      }
      form.append('file', new Blob([new Uint8Array(bytes)]), file.name);
      const answer = await askFor(node, '/platform/uploads', { method: 'POST', body: form });
      return { ...file, outcome: received.parse(await answer.json()).outcome };
    }),
  );
