import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts a process that builds its index, writes {"build": CPU seconds, "bytes": …} and then, for each line it reads,
 * looks all needles up and writes {"cpu", "wall" (seconds), "answers" (the first time): [[hits, sum of distances], …]}.
 */
export const startContestant = async ({ name, command, args, count }) => {
  const [program, ...first] = command;
  const child = spawn(program, [...first, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended before it answered`);
    return JSON.parse(value);
  };
  const { build, bytes } = await answer();
  const contestant = {
    name,
    count,
    build,
    bytes,
    rounds: [],
    answers: [],
    run: async () => {
      child.stdin.write('run\n');
      const { cpu, wall, answers } = await answer();
      contestant.rounds.push({ cpu, wall });
      if (answers) contestant.answers = answers.map(([hits, bits]) => ({ hits, bits }));
    },
    stop: () => child.stdin.end(),
  };
  return contestant;
};
