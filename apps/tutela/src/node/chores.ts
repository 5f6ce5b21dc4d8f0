import type { Chore } from './desk.js';

/** Runs chores now and then until it is stopped; a chore that fails is told and runs again at its next turn. */
export const keepChores = (chores: readonly Chore[], log: (line: string) => void): (() => Promise<void>) => {
  const running = new Set<Promise<void>>();
  const busy = new Set<Chore>();
  const begin = (chore: Chore): void => {
    if (busy.has(chore)) return;
    busy.add(chore);
    const turn = Promise.resolve()
      .then(chore.run)
      .then(() => undefined)
      .catch((error: unknown) => log(`${chore.name}: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        busy.delete(chore);
        running.delete(turn);
      });
    running.add(turn);
  };
  const timers = chores.map((chore) => setInterval(() => begin(chore), chore.everySeconds * 1000));
  for (const chore of chores) begin(chore);
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running);
  };
};
