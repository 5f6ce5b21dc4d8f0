import type { ListDesk, ListId, NewEntry } from '@tutela/clearinghouse-desk';
import type { PersonId } from '@tutela/policy';
import { z } from 'zod';
import type { Node } from '../node/node.js';
import { granted } from '../policy/refusals.js';
import { signedApproval } from '../policy/signed-approval.js';
import { askFor } from './ask.js';
import type { DemoPeople } from './people.js';
import { type DemoProposal, demoProposals, provenanceOf } from './proposals.js';
import type { KnownPicture } from './world.js';

const list = 'demo-pictures' as string as ListId;
const title = 'Harmless pictures';
const publisher = 'Invented National Centre';
const organisations = ['Invented Hotline North', 'Invented Hotline South'] as const;
const actor = 'demonstration';
const most = 500;

/** The list as it stands. */
export interface DemoList {
  readonly list: string;
  readonly listed: number;
  readonly withdrawn: number;
  /** Proposals that wait for a reviewer. */
  readonly waiting: number;
  readonly version: number | null;
}

/**
 * A known-hash list of the clearinghouse desk with reviewers of two invented organisations: what both have vouched for,
 * one entry of it withdrawn, a proposal that waits for the second of them, and what stands published.
 * Done again it finds what is there and goes on where it was cut off.
 */
export const shareDemoList = async (
  node: Node,
  people: DemoPeople,
  known: readonly KnownPicture[],
): Promise<DemoList> => {
  const { lists } = node.workplace.desks.clearinghouse;
  if (!(await lists.lists()).some(({ list_id }) => list_id === list)) {
    granted(await lists.openList({ list, title, rule: 'two-organisations', publisher, by: actor }));
  }
  await nameReviewers(node, people);
  for (const proposal of demoProposals(known)) {
    await putUp(lists, people.investigator.person, proposal);
    await vouchFor(lists, people, proposal);
    await takeOff(lists, proposal);
  }
  // Nothing where that is published already.
  await lists.publish(list, actor);
  const [counts, entries] = [await lists.lists(), await lists.entries({ list, state: 'withdrawn', limit: most })];
  const { listed = 0, waiting = 0, version = null } = counts.find(({ list_id }) => list_id === list) ?? {};
  return { list, listed, withdrawn: entries.length, waiting, version };
};

const named = z.object({ reviewers: z.array(z.object({ person: z.string() })) });

const nameReviewers = async (node: Node, { approvers }: DemoPeople): Promise<void> => {
  const { reviewers } = named.parse(await (await askFor(node, '/clearinghouse/list/reviewers')).json());
  for (const [nth, organisation] of organisations.entries()) {
    const person = approvers[nth]?.person;
    if (person === undefined || reviewers.some((one) => one.person === person)) continue;
    await node.workplace.desks.clearinghouse.lists.nameReviewer({ person, organisation, by: actor });
  }
};

const entriesOf = async (lists: ListDesk, { entries }: DemoProposal) => {
  const own = new Set(entries.map(provenanceOf));
  return (await lists.entries({ list, limit: most })).filter(({ provenance }) => own.has(provenance ?? ''));
};

const putUp = async (lists: ListDesk, by: PersonId, proposal: DemoProposal): Promise<void> => {
  if ((await entriesOf(lists, proposal)).length > 0) return;
  const entries: readonly NewEntry[] = proposal.entries;
  granted(await lists.propose({ list, by, entries }));
};

/** As many of the reviewers as are meant to, those who have not yet. */
const vouchFor = async (lists: ListDesk, { approvers }: DemoPeople, proposal: DemoProposal): Promise<void> => {
  const [entry] = await entriesOf(lists, proposal);
  const waits = (await lists.waiting(list)).find(({ batch_id }) => batch_id === entry?.batch_id);
  if (waits === undefined) return;
  for (const key of approvers.slice(0, proposal.vouchers)) {
    if (waits.vouched_by.includes(key.person)) continue;
    granted(await lists.vouch(await signedApproval(key, waits.request_digest)));
  }
};

const takeOff = async (lists: ListDesk, proposal: DemoProposal): Promise<void> => {
  const { withdrawn } = proposal;
  if (withdrawn === undefined) return;
  const stands = (await entriesOf(lists, proposal)).find(
    ({ provenance, state }) => provenance === provenanceOf(withdrawn.entry) && state === 'listed',
  );
  if (stands === undefined) return;
  granted(await lists.withdraw({ list, entries: [stands.entry_id], reason: withdrawn.reason, by: actor }));
};
