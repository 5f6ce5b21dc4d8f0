import { useTongue } from '../../app/tongue.js';
import { Field } from '../../design/index.js';
import { CategorySelect } from './category-select.js';

/** What whoever proposes an entry says of it, wherever the material comes from. */
export const ProposalFields = ({
  category,
  onCategory,
  vetting,
  onVetting,
}: {
  readonly category: string;
  readonly onCategory: (category: string) => void;
  readonly vetting: string;
  readonly onVetting: (vetting: string) => void;
}) => {
  const { say } = useTongue();
  return (
    <>
      <CategorySelect value={category} onChange={onCategory} />
      <Field
        label={say('clearinghouse.list.vetting')}
        help={say('clearinghouse.list.vetting-help')}
        value={vetting}
        onChange={onVetting}
        rows={2}
        need="required"
      />
    </>
  );
};
