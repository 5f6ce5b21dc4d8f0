import { expect, test } from 'vitest';
import { levelOf, withLevel } from './presets.js';
import type { Me } from './queries.js';

const shown = { side: 160, tone: 'grey', blur: 6, sound: 'muted' } as const;
const me = {
  minimum: { side: 80, tone: 'grey', blur: 15, sound: 'muted' },
  settings: { general: shown, byCategory: {}, optedOut: [] },
} as unknown as Me;

test.each(['usual', 'less', 'least', 'clear', 'hidden'] as const)(
  'a kind of file set to %s is read back as that',
  (level) => {
    const settings = withLevel(me, 'A1', level);
    expect(levelOf({ ...me, settings }, 'A1')).toBe(level);
    expect(levelOf({ ...me, settings }, 'B2')).toBe('usual');
  },
);

test('no level shows more than the organisation allows', () => {
  for (const level of ['less', 'least', 'clear'] as const) {
    const own = withLevel(me, 'A1', level).byCategory.A1;
    expect(own?.side).toBeLessThanOrEqual(80);
    expect(own?.blur).toBeGreaterThanOrEqual(15);
  }
});
