import { useId } from 'react';
import { useTongue } from '../app/tongue.js';

export interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** `null` when nobody knows yet how much there is. */
  readonly total: number | null;
  /** How `done` and `total` are written. Default: `count`. */
  readonly unit?: 'bytes' | 'count';
  /** Left out when unknown: nothing is guessed. */
  readonly secondsLeft?: number | null;
}

/** How far a long work has come: a bar, the amounts, the time left. */
export const Progress = ({ label, done, total, unit = 'count', secondsLeft }: ProgressProps) => {
  const { say, bytes, number, percent, duration } = useTongue();
  const id = useId();
  const amount = unit === 'bytes' ? bytes : number;
  return (
    <div className="progress">
      <p id={id}>
        <span>{label}</span>
        <span className="numbers">
          {total === null
            ? say('common.progress.unknown', { done: amount(done) })
            : say('common.progress.of', {
                done: amount(done),
                total: amount(total),
                percent: percent(total === 0 ? 1 : done / total),
              })}
          {secondsLeft !== undefined && secondsLeft !== null && (
            <> · {say('common.progress.left', { duration: duration(secondsLeft) })}</>
          )}
        </span>
      </p>
      <progress aria-labelledby={id} {...(total !== null && { value: done, max: Math.max(total, 1) })} />
    </div>
  );
};
