import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Field, Section } from '../../design/index.js';
import type { PartProps } from './authority-form.js';

/** Pages over plain HTTP from another machine have no digests; there the digest is typed. */
const canDigest = globalThis.isSecureContext;

const digestOf = async (file: File): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** What the document says, and which document it was. The file itself stays where it is. */
export const DocumentPart = ({ form, change }: PartProps) => {
  const { say } = useTongue();
  const [read, setRead] = useState<'readable' | 'unreadable'>('readable');
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      change({ documentSha256: await digestOf(file) });
      setRead('readable');
    } catch {
      setRead('unreadable');
    }
  };
  return (
    <Section title={say('investigator.enter.document')} about={say('investigator.enter.document-about')}>
      <Field
        label={say('investigator.enter.operative')}
        help={say('investigator.enter.operative-help')}
        value={form.operativeText}
        onChange={(operativeText) => change({ operativeText })}
        rows={6}
        need="required"
        maxLength={100_000}
      />
      {canDigest && (
        <label className="field">
          <span>{say('investigator.enter.file')}</span>
          <input type="file" onChange={({ target }) => void take(target.files?.[0])} />
          <span className="help">{say('investigator.enter.file-help')}</span>
        </label>
      )}
      <Field
        label={say('investigator.authority.document')}
        help={say('investigator.enter.digest-help')}
        value={form.documentSha256}
        onChange={(documentSha256) => change({ documentSha256 })}
        error={read === 'unreadable' ? say('investigator.enter.file-unreadable') : undefined}
        need="required"
        maxLength={64}
      />
    </Section>
  );
};
