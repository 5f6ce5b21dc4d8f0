/** A thread that checks passwords; one task at a time. */
import { parentPort } from 'node:worker_threads';
import { type Check, checkPassword, type MemberTester, openMemberTester } from '@tutela/archive';

export interface CheckTask {
  readonly id: number;
  readonly check: Check;
  readonly words: readonly string[];
}

export interface CheckAnswer {
  readonly id: number;
  readonly checks: number;
  /** Index of the word that fits. */
  readonly hit?: number;
  readonly grade?: 'proven' | 'probable';
  readonly unchecked: 'no' | 'yes';
}

let tester: MemberTester | undefined;

const verdictOf = async (check: Check, word: string) => {
  const verdict = checkPassword(check, word);
  if (verdict !== 'not-checked-here' || check.scheme !== 'rar3-member') return verdict;
  tester ??= openMemberTester();
  return tester.check(check, word);
};

const answer = async ({ id, check, words }: CheckTask): Promise<CheckAnswer> => {
  for (const [at, word] of words.entries()) {
    const verdict = await verdictOf(check, word);
    if (verdict === 'not-checked-here') return { id, checks: at, unchecked: 'yes' };
    if (verdict !== 'does-not-open') {
      return { id, checks: at + 1, hit: at, grade: verdict === 'opens' ? 'proven' : 'probable', unchecked: 'no' };
    }
  }
  return { id, checks: words.length, unchecked: 'no' };
};

const port = parentPort!;
port.on('message', (task: CheckTask) => {
  void answer(task).then((reply) => port.postMessage(reply));
});
port.on('close', () => tester?.close());
