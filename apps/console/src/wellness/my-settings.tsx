import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTongue } from '../app/tongue.js';
import { DataTable, FailedState, Section, Select } from '../design/index.js';
import { looksBy, useLookBy } from './look-by.js';
import { type Category, levelOf, levels, withLevel } from './presets.js';
import { type Me, type MySettings, saveSettings } from './queries.js';

const sides = [32, 64, 96, 160, 256, 512] as const;
const blurs = [0, 2, 6, 12, 24, 60] as const;

/** How files are shown to this person before a look, for all kinds and for each. Kept at once. */
export const MySettingsForm = ({ me }: { readonly me: Me }) => {
  const { say, sayIfKnown, number } = useTongue();
  const client = useQueryClient();
  const [lookBy, setLookBy] = useLookBy();
  const saving = useMutation({
    mutationFn: (settings: MySettings) => saveSettings(settings),
    onSuccess: () => client.invalidateQueries({ queryKey: ['exposure'] }),
  });
  const { general } = me.settings;
  const set = (part: Partial<MySettings['general']>) =>
    saving.mutate({ ...me.settings, general: { ...general, ...part } });
  const fits = (values: readonly number[], now: number, allowed: (value: number) => boolean) =>
    [...new Set([...values.filter(allowed), now])].toSorted((a, b) => a - b);
  return (
    <Section title={say('common.me.shown')} about={say('common.me.shown-about')}>
      {saving.error !== null && <FailedState problem={saving.error} />}
      <div className="filters">
        <Select
          label={say('common.me.side')}
          value={String(general.side)}
          onChange={(side) => set({ side: Number(side) })}
          options={fits(sides, general.side, (side) => side <= me.minimum.side).map((side) => ({
            value: String(side),
            label: say('common.me.pixels', { side }),
          }))}
        />
        <Select
          label={say('common.me.tone')}
          value={general.tone}
          onChange={(tone) => set({ tone })}
          options={(['grey', 'colour'] as const)
            .filter((tone) => tone === 'grey' || me.minimum.tone === 'colour')
            .map((tone) => ({ value: tone, label: say(`common.me.tone.${tone}`) }))}
        />
        <Select
          label={say('common.me.blur')}
          value={String(general.blur)}
          onChange={(blur) => set({ blur: Number(blur) })}
          options={fits(blurs, general.blur, (blur) => blur >= me.minimum.blur).map((blur) => ({
            value: String(blur),
            label: number(blur),
          }))}
        />
        <Select
          label={say('common.me.look-by')}
          value={lookBy}
          onChange={setLookBy}
          options={looksBy.map((value) => ({ value, label: say(`common.me.look-by.${value}`) }))}
        />
      </div>
      <DataTable
        caption={say('common.me.kinds')}
        rows={me.categories as Category[]}
        rowKey={(category) => category}
        columns={[
          {
            id: 'kind',
            header: say('common.me.kind'),
            cell: (category) => sayIfKnown(`common.category.${category}`) ?? category,
          },
          {
            id: 'level',
            header: say('common.me.level'),
            cell: (category) => {
              const level = levelOf(me, category);
              const name = sayIfKnown(`common.category.${category}`) ?? category;
              return (
                <Select
                  label={say('common.me.level-of', { name })}
                  labelPlace="hidden"
                  value={level}
                  onChange={(next) => saving.mutate(withLevel(me, category, next))}
                  options={levels
                    .filter((one) => one !== 'own' || level === 'own')
                    .map((value) => ({ value, label: say(`common.me.level.${value}`) }))}
                />
              );
            },
          },
        ]}
      />
    </Section>
  );
};
