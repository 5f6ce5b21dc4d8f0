import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useTongue } from '../../app/tongue.js';
import { Button, ConfirmDialog } from '../../design/index.js';
import type { Label } from './tones.js';

/** A person's label with its reason; it goes before the policy's, and the next one before it. */
export const LabelActs = ({
  label,
  onLabel,
}: {
  readonly label: Label | null;
  readonly onLabel: (label: Label, reason: string) => Promise<unknown>;
}) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Label>();
  useKeys([
    { keys: 'r', label: 'clearinghouse.label.as-referral', run: () => setAsked('referral') },
    { keys: 'i', label: 'clearinghouse.label.as-informational', run: () => setAsked('informational') },
  ]);
  return (
    <>
      <div className="actions">
        <Button kind={label === 'referral' ? 'plain' : 'main'} onPress={() => setAsked('referral')} keyHint="r">
          {say('clearinghouse.label.as-referral')}
        </Button>
        <Button onPress={() => setAsked('informational')} keyHint="i">
          {say('clearinghouse.label.as-informational')}
        </Button>
      </div>
      {asked !== undefined && (
        <ConfirmDialog
          title={say(`clearinghouse.label.as-${asked}`)}
          confirm={say(`clearinghouse.label.as-${asked}`)}
          onClose={() => setAsked(undefined)}
          onConfirm={async (reason) => {
            await onLabel(asked, reason);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say(`clearinghouse.label.then-${asked}`)}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
