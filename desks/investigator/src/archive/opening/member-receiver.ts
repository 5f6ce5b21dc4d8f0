import { PassThrough } from 'node:stream';
import type { MemberReceiver } from '@tutela/archive';
import { toHex, type UtcInstant } from '@tutela/core';
import { runningDigests } from '@tutela/fingerprint';
import type { CompiledScope, Decision, PolicyObject } from '@tutela/policy';
import type { Compartment, Stored } from '@tutela/vault';
import { type Classified, classify } from '../../seizure/read/file-class.js';

export interface ReadMember extends Classified {
  /** As the archive calls it. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  readonly stored: 'stored' | 'not-stored';
  readonly decisions: { readonly hash: Decision; readonly list: Decision; readonly store: Decision };
}

export interface Receiving {
  readonly compartment: Compartment;
  /** As of now; throws where the archive may not be opened any more. */
  readonly scope: () => Promise<CompiledScope>;
  /** The archive, as authorities see it. */
  readonly archive: PolicyObject;
  readonly at?: UtcInstant;
}

export interface MemberCollector {
  readonly receiver: MemberReceiver;
  readonly members: readonly ReadMember[];
  /** Decisions on members that nothing was kept of. */
  readonly refused: readonly Decision[];
  /** Lets go of what was not finished. */
  readonly abandon: () => Promise<void>;
}

interface Open {
  readonly path: string;
  readonly decisions: ReadMember['decisions'];
  readonly digests: ReturnType<typeof runningDigests>;
  readonly head: Buffer[];
  headBytes: number;
  readonly keeping?: { readonly stream: PassThrough; readonly done: Promise<Stored> };
}

/** The sign of a self-extracting archive lies within the first megabyte; other signs within 512 bytes. */
const headKept = 1 << 16;

/**
 * Takes what comes out of an archive: digests and class of each member that the authority covers, its bytes into the vault
 * where `store` is granted. Members that it does not cover pass by unread.
 */
export const collectMembers = ({ compartment, scope, archive }: Receiving): MemberCollector => {
  const members: ReadMember[] = [];
  const refused: Decision[] = [];
  let open: Open | undefined;

  const begin = async (path: string): Promise<void> => {
    const now = await scope();
    const object: PolicyObject = {
      sourceId: archive.sourceId,
      ...(archive.path !== undefined && { path: `${archive.path}/${path}` }),
      ...(archive.account !== undefined && { account: archive.account }),
      ...(archive.at !== undefined && { at: archive.at }),
    };
    const decide = (step: 'hash' | 'list' | 'store') => now.decide({ step, object });
    const decisions = { hash: decide('hash'), list: decide('list'), store: decide('store') };
    if (decisions.hash.answer !== 'allow') {
      refused.push(decisions.hash);
      return;
    }
    open = { path, decisions, digests: runningDigests(), head: [], headBytes: 0, ...keepingOf(decisions.store) };
  };

  const keepingOf = (store: Decision): Pick<Open, 'keeping'> => {
    if (store.answer !== 'allow') return {};
    const stream = new PassThrough();
    const done = compartment.put(stream);
    // Looked at when the member ends; until then a failure has nobody to tell.
    done.catch(() => stream.destroy());
    return { keeping: { stream, done } };
  };

  return {
    members,
    refused,
    receiver: {
      begin,
      data: async (piece) => {
        if (open === undefined) return;
        open.digests.add(piece);
        if (open.headBytes < headKept) {
          open.head.push(Buffer.from(piece.subarray(0, headKept - open.headBytes)));
          open.headBytes += piece.length;
        }
        const { keeping } = open;
        if (keeping !== undefined && !keeping.stream.write(Buffer.from(piece))) {
          await Promise.race([new Promise((resolve) => keeping.stream.once('drain', resolve)), keeping.done]);
        }
      },
      end: async () => {
        if (open === undefined) return;
        const { path, decisions, digests, head, keeping } = open;
        open = undefined;
        keeping?.stream.end();
        await keeping?.done;
        const { sha256, sha1, md5, size } = digests.end();
        members.push({
          path,
          size,
          decisions,
          stored: keeping === undefined ? 'not-stored' : 'stored',
          sha256: toHex(sha256),
          sha1: toHex(sha1),
          md5: toHex(md5),
          ...classify(Buffer.concat(head)),
        });
      },
    },
    abandon: async () => {
      const { keeping } = open ?? {};
      open = undefined;
      keeping?.stream.destroy(new Error('the member did not come to its end'));
      await keeping?.done.catch(() => undefined);
    },
  };
};
