import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Autocomplete, Input, Label, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components';
import { Dialog, EmptyState } from '../design/index.js';
import type { DeskNavigation } from './navigation.js';
import { useTongue } from './tongue.js';

export interface JumpDialogProps {
  readonly desks: readonly DeskNavigation[];
  readonly onClose: () => void;
}

/** To any screen by a few letters of its name. */
export const JumpDialog = ({ desks, onClose }: JumpDialogProps) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const places = [
    { to: '/', name: say('common.overview') },
    ...desks.flatMap(({ title, items }) =>
      items.map(({ to, label }) => ({ to, name: `${say(title)}: ${say(label)}` })),
    ),
  ];
  return (
    <Dialog title={say('common.keys.jump')} onClose={onClose}>
      <Autocomplete filter={contains} inputValue={text} onInputChange={setText}>
        <SearchField className="field" autoFocus>
          <Label>{say('common.jump.where')}</Label>
          <Input />
        </SearchField>
        <ListBox
          className="options"
          aria-label={say('common.jump.where')}
          items={places}
          renderEmptyState={() => <EmptyState title={say('common.jump.none')} />}
          onAction={(to) => {
            onClose();
            void navigate({ to: String(to) });
          }}
        >
          {({ to, name }) => (
            <ListBoxItem id={to} textValue={name} className="option">
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
};
