import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OpeningBody } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, Dialog, FailedState, Field, Select } from '../../design/index.js';
import { confirmExigency, openFile } from './queries.js';

const bases = ['warrant', 'consent', 'exigency'] as const;
type Basis = OpeningBody['basis'];

/** Puts on record what opens a file that its reporter did not view. An exigency waits for a second person. */
export const OpenFile = ({ at }: { readonly at: string }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [state, setState] = useState<'closed' | 'asking'>('closed');
  const [basis, setBasis] = useState<Basis>('warrant');
  const [statement, setStatement] = useState('');
  const [reference, setReference] = useState('');
  const [digest, setDigest] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const missing = statement.trim() === '' || (basis === 'warrant' && reference.trim() === '');
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      setProblem(undefined);
      await act();
      await client.invalidateQueries({ queryKey: ['clearinghouse'] });
    } catch (error) {
      setProblem(error);
    }
  };
  const record = () =>
    attempt(async () => {
      const body = basis === 'warrant' ? { basis, statement, reference } : { basis, statement };
      const { digest: waits } = await openFile(at, body);
      setDigest(waits);
      setState('closed');
    });
  return (
    <>
      {digest === undefined ? (
        <div className="actions">
          <Button onPress={() => setState('asking')}>{say('clearinghouse.gate.record')}</Button>
        </div>
      ) : (
        <>
          <p>{say('clearinghouse.gate.waits')}</p>
          <p>
            <code>{digest}</code> <Link to="/desk/oversight/approvals">{say('oversight.approvals.title')}</Link>
          </p>
          <div className="actions">
            <Button onPress={() => void attempt(() => confirmExigency(at, digest))}>
              {say('clearinghouse.gate.approved')}
            </Button>
          </div>
        </>
      )}
      {state === 'closed' && problem !== undefined && <FailedState problem={problem} />}
      {state === 'asking' && (
        <Dialog title={say('clearinghouse.gate.record')} onClose={() => setState('closed')}>
          <p>{say('clearinghouse.gate.record-about')}</p>
          <Select
            label={say('clearinghouse.gate.basis')}
            value={basis}
            onChange={setBasis}
            options={bases.map((value) => ({ value, label: say(`clearinghouse.gate.basis.${value}`) }))}
          />
          {basis === 'warrant' && (
            <Field label={say('clearinghouse.gate.number')} value={reference} onChange={setReference} need="required" />
          )}
          <Field
            label={say('clearinghouse.gate.statement')}
            value={statement}
            onChange={setStatement}
            rows={3}
            need="required"
            maxLength={3000}
          />
          {problem !== undefined && <FailedState problem={problem} />}
          <div className="dialog-actions">
            <Button onPress={() => setState('closed')}>{say('common.action.cancel')}</Button>
            <Button kind="main" state={missing ? 'disabled' : 'ready'} onPress={() => void record()}>
              {say('clearinghouse.gate.record')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
};
