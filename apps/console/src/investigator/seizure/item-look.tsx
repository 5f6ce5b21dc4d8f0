import type { ItemStandingBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Section } from '../../design/index.js';
import { Picture } from '../../wellness/index.js';
import { casePath } from '../case-queries.js';

/** The file itself, where an authority allows whoever asks to view it; else the words that say why not. */
export const ItemLook = ({ caseRef, item, steps }: ItemStandingBody & { readonly caseRef: string }) => {
  const { say, sayIfKnown } = useTongue();
  const view = steps.find(({ step }) => step === 'view');
  const at = `${casePath(caseRef)}/items/${item.itemId}`;
  return (
    <Section title={say('investigator.look.title')} about={say('investigator.look.about')}>
      {view?.answer === 'allow' ? (
        <Picture key={at} at={at} name={say('investigator.look.name', { item: item.itemId, caseRef })} reason="" />
      ) : (
        <p>
          {say('investigator.look.not-allowed')}{' '}
          {view !== undefined && (sayIfKnown(`investigator.rule.${view.rule}`) ?? view.rule)}
        </p>
      )}
    </Section>
  );
};
