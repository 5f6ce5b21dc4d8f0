import { kindKey, kindOf, nextKind, openYieldTable } from '@tutela/recovery';

const blocks = 20;
/** Groups of a kind that are worked before the kinds are weighed again. */
const atOnce = 32;

/**
 * The order of work of @tutela/recovery on a simulated seizure: volumes once, hints, an exemplar of each owner by blocks
 * of the list, its password on the siblings, the most promising kind of group next, until the stop rule.
 */
export const inOrder = (sets, settings, stopRule, { dedupe = true, hints = true } = {}) => {
  const count = sets.owner.length;
  const done = new Uint8Array(count);
  const weight = (set) => (dedupe ? 1 : sets.volumes[set]);
  const tally = { checks: 0, hints: 0, siblings: 0, list: 0, solvedFiles: 0, solvedSets: 0, stopped: '' };
  const spend = (part, checks) => {
    tally.checks += checks;
    tally[part] += checks;
  };
  const solve = (set) => {
    done[set] = 1;
    tally.solvedSets++;
    tally.solvedFiles += sets.volumes[set];
  };

  const ofOwner = Array.from({ length: settings.owners }, () => []);
  for (let set = 0; set < count; set++) ofOwner[sets.owner[set]].push(set);
  const groups = ofOwner.map((members) => ({
    members,
    unsolved: members.length,
    inVain: 0,
    recovered: 0,
    block: 0,
  }));

  /** Its password on every other lock of its owner, a check each. */
  const tryOnSiblings = (group, password) => {
    let solved = 0;
    group.members = group.members.filter((set) => {
      if (done[set]) return false;
      spend('siblings', weight(set));
      if (sets.password[set] !== password) return true;
      solve(set);
      solved++;
      return false;
    });
    group.recovered++;
    group.unsolved = group.members.length;
    return solved;
  };

  if (hints) {
    for (let set = 0; set < count; set++) {
      if (done[set] || sets.hint[set] === 0) continue;
      // Half of the words on average when the right one is among them.
      spend('hints', (sets.hint[set] === 2 ? settings.hintWords / 2 : settings.hintWords) * weight(set));
      if (sets.hint[set] !== 2) continue;
      solve(set);
      tryOnSiblings(groups[sets.owner[set]], sets.password[set]);
    }
  }

  const blockWords = settings.list / blocks;
  const table = openYieldTable({
    hints: { holdIt: 0, hitShare: [], words: settings.hintWords },
    list: { holdIt: 0.5, hitShare: Array.from({ length: blocks }, () => 1 / blocks), words: blockWords },
    reuse: 0.5,
  });
  const waiting = new Map();
  const kinds = new Map();
  const put = (group) => {
    if (group.unsolved === 0) return;
    const kind = kindOf(group, 'list', group.block);
    const key = kindKey(kind);
    if (!waiting.has(key)) waiting.set(key, []);
    if (waiting.get(key).push(group) === 1) kinds.set(key, { kind, cost: 1 });
  };
  for (const group of groups) put(group);

  for (;;) {
    const next = nextKind(kinds.values(), table, stopRule, tally.checks);
    if (next.kind === 'stop') {
      tally.stopped = next.why;
      return tally;
    }
    const key = kindKey(next.on.kind);
    const batch = waiting.get(key).splice(0, atOnce);
    if (waiting.get(key).length === 0) kinds.delete(key);
    for (const group of batch) {
      const exemplar = group.members[0];
      const place = sets.password[exemplar] - group.block * blockWords;
      const hit = place >= 0 && place < blockWords;
      const checks = (hit ? place + 1 : blockWords) * weight(exemplar);
      spend('list', checks);
      let solved = 0;
      let more = 0;
      if (hit) {
        solve(exemplar);
        const before = tally.siblings;
        solved = 1 + tryOnSiblings(group, sets.password[exemplar]);
        more = tally.siblings - before;
        group.block = 0;
      } else if (++group.block === blocks) {
        group.inVain++;
        group.block = 0;
        group.members.shift();
        group.unsolved = group.members.length;
      }
      table.record(next.on.kind, { checks: checks + more, solved });
      put(group);
    }
  }
};
