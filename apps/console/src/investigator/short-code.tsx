import { useState } from 'react';
import { useTongue } from '../app/tongue.js';
import { Button } from '../design/index.js';

/** A digest or identifier by its first letters; the button puts all of it on the clipboard. */
export const ShortCode = ({ code }: { readonly code: string }) => {
  const { say } = useTongue();
  const [state, setState] = useState<'as-is' | 'copied'>('as-is');
  return (
    <span className="short-code">
      <code title={code}>{code.length > 14 ? `${code.slice(0, 10)}…` : code}</code>
      <Button
        kind="quiet"
        label={say('investigator.copy', { what: code.slice(0, 10) })}
        onPress={() => void navigator.clipboard.writeText(code).then(() => setState('copied'))}
      >
        <span aria-hidden="true">{state === 'copied' ? '✓' : '⧉'}</span>
      </Button>
    </span>
  );
};
