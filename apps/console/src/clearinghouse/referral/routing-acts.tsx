import { useQueryClient } from '@tanstack/react-query';
import type { ReportRoutingsBody } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useKeys } from '../../app/keys.js';
import { useTongue } from '../../app/tongue.js';
import { Button, ConfirmDialog } from '../../design/index.js';
import { routeAgain } from './queries.js';
import { SendDialog } from './send-dialog.js';

/** What a person does about a report's way: sends it themselves, or has it routed anew. */
export const RoutingActs = ({
  report,
  routed: { routings },
}: {
  readonly report: string;
  readonly routed: ReportRoutingsBody;
}) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [asked, setAsked] = useState<'send' | 'usual' | 'singly'>();
  useKeys([{ keys: 's', label: 'clearinghouse.routing.send', run: () => setAsked('send') }]);
  const close = () => setAsked(undefined);
  const bundled = routings.some(({ reason }) => reason === 'in-a-large-bundle');
  return (
    <>
      <div className="actions">
        <Button onPress={() => setAsked('send')} keyHint="s">
          {say('clearinghouse.routing.send')}
        </Button>
        <Button onPress={() => setAsked('usual')}>{say('clearinghouse.routing.again.usual')}</Button>
        {bundled && <Button onPress={() => setAsked('singly')}>{say('clearinghouse.routing.again.singly')}</Button>}
      </div>
      {asked === 'send' && <SendDialog report={report} onClose={close} />}
      {(asked === 'usual' || asked === 'singly') && (
        <ConfirmDialog
          title={say(`clearinghouse.routing.again.${asked}`)}
          confirm={say(`clearinghouse.routing.again.${asked}`)}
          reason="none"
          onClose={close}
          onConfirm={async () => {
            await routeAgain(report, asked);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say(`clearinghouse.routing.then-again.${asked}`)}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
