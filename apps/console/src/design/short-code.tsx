import { useState } from 'react';
import { useTongue } from '../app/tongue.js';
import { Button } from './button.js';

/** As long as a name may be that somebody chose; digests and UUIDs are longer. */
const mostShown = 24;

/** A digest or identifier by its first letters; the button puts all of it on the clipboard. */
export const ShortCode = ({ code }: { readonly code: string }) => {
  const { say } = useTongue();
  const [state, setState] = useState<'as-is' | 'copied'>('as-is');
  return (
    <span className="short-code">
      <code title={code}>{code.length > mostShown ? `${code.slice(0, 10)}…` : code}</code>
      <Button
        kind="quiet"
        label={say('common.copy', { what: code.slice(0, 10) })}
        onPress={() => void navigator.clipboard.writeText(code).then(() => setState('copied'))}
      >
        {state === 'copied' ? <span aria-hidden="true">✓</span> : <TwoSheets />}
      </Button>
    </span>
  );
};

/** Drawn, since not every font has the sign. */
const TwoSheets = () => (
  <svg className="two-sheets" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
    <path d="M5 5V2h9v9h-3M2 5h9v9H2z" fill="none" stroke="currentColor" strokeWidth="1.5" />
  </svg>
);
