import { randomUUID } from 'node:crypto';
import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import type { Media } from '@tutela/hashlist';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import { findCandidate, insertCandidate, insertVerdict } from '../queries/candidates.js';
import { findList } from '../queries/catalogue.js';
import type { CandidateId, Fingerprints, ListId } from '../schema.js';

/** Material that no list knows yet: hashes cannot find it, people bring it. */
export interface NewCandidate {
  readonly list: ListId;
  readonly media: Media;
  readonly fingerprints: Fingerprints;
  readonly origin: { readonly kind: 'report' | 'hotline' | 'investigator'; readonly ref: string };
  readonly by: string;
}

/** Takes unknown material in; it becomes known when somebody proposes it and two reviewers sign. */
export const receiveCandidate = async (
  deps: ListDeps,
  { list, media, fingerprints, origin, by }: NewCandidate,
): Promise<Outcome<CandidateId, 'unknown-list'>> => {
  if ((await findList(deps.db, list)) === undefined) return refused('unknown-list', `there is no list ${list}`);
  const id = randomUUID() as string as CandidateId;
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const row = { candidate_id: id, list_id: list, media, fingerprints: JSON.stringify(fingerprints) };
    await insertCandidate(tx, { ...row, origin: origin.kind, origin_ref: origin.ref, received_at: at });
    const said = { subjects: [`hashlist/${list}/candidate/${id}`], payload: { origin: { ...origin } } };
    const effects = [wrote('list_candidate', { candidate_id: id })];
    await appendEvent(tx, listEvent('list-candidate-received', { actor: by, at }, { ...said, effects }));
  });
  return done(id);
};

export interface ClassifierVerdict {
  /** In the classifier's own words. */
  readonly label: string;
  /** 0 to 1, as the classifier means it. */
  readonly score: number;
}

/** A program with an opinion on unknown material. It looks at what the operator lets it see, by the candidate's number. */
export interface Classifier {
  readonly name: string;
  readonly version: string;
  readonly classify: (candidate: {
    readonly id: CandidateId;
    readonly media: Media;
  }) => Promise<Outcome<ClassifierVerdict>>;
}

/**
 * Asks a classifier and notes what it says, for reviewers to see. Nothing else comes of it: only `propose` by a person
 * and two signatures list anything, and nothing here files a report (test: "a classifier's verdict alone lists and
 * files nothing").
 */
export const noteVerdict = async (
  deps: ListDeps,
  classifier: Classifier,
  id: CandidateId,
): Promise<Outcome<ClassifierVerdict>> => {
  const candidate = await findCandidate(deps.db, id);
  if (candidate === undefined) return refused('unknown-candidate', 'nothing of that kind waits');
  const verdict = await classifier.classify({ id, media: candidate.media });
  if (verdict.kind !== 'done') return verdict;
  const at = deps.clock.now();
  const key = { candidate_id: id, classifier: classifier.name, classifier_version: classifier.version };
  await inTransaction(deps.db, async (tx) => {
    await insertVerdict(tx, { ...key, ...verdict.value, given_at: at });
    const said = { subjects: [`hashlist/${candidate.list_id}/candidate/${id}`], payload: { ...verdict.value } };
    const by = { actor: `classifier/${classifier.name}`, at };
    await appendEvent(
      tx,
      listEvent('list-candidate-classified', by, { ...said, effects: [wrote('list_verdict', key)] }),
    );
  });
  return verdict;
};
