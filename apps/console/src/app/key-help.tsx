import { DataTable, Dialog } from '../design/index.js';
import { useKeyList } from './keys.js';
import { useTongue } from './tongue.js';

/** Every key that works on this screen. */
export const KeyHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useTongue();
  const keys = useKeyList();
  return (
    <Dialog title={say('common.keys.help')} onClose={onClose}>
      <DataTable
        caption={say('common.keys.about')}
        rows={keys}
        rowKey={({ keys: one, label }) => `${one} ${label}`}
        columns={[
          {
            id: 'keys',
            header: say('common.keys.key'),
            cell: (row) => row.keys.split(' ').map((key) => <kbd key={key}>{key.replace('Mod+', 'Ctrl ')}</kbd>),
          },
          { id: 'what', header: say('common.keys.what'), cell: (row) => say(row.label) },
        ]}
      />
    </Dialog>
  );
};
