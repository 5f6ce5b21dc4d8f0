import { useState } from 'react';
import { Button, Dialog, Field } from '../design/index.js';
import { isPseudonym, signAs, useSession } from './session.js';
import { useTongue } from './tongue.js';

/** Who sits here: asked once a tab, since every look and decision goes on record under a pseudonym. */
export const PersonDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useTongue();
  const [name, setName] = useState(useSession().person ?? '');
  const [error, setError] = useState<string>();
  const take = () => {
    if (!isPseudonym(name)) return setError(say('common.person.malformed'));
    signAs(name);
    onClose();
  };
  return (
    <Dialog title={say('common.person.ask')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        <Field
          label={say('common.person.pseudonym')}
          help={say('common.person.help')}
          value={name}
          onChange={setName}
          error={error}
          maxLength={64}
          focus="first"
        />
        <div className="dialog-actions">
          <Button onPress={onClose}>{say('common.person.look')}</Button>
          <Button kind="main" type="submit">
            {say('common.person.take')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
