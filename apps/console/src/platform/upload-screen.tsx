import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { readMoment, typedMoment } from '../app/moment-text.js';
import { useTongue } from '../app/tongue.js';
import {
  Answer,
  Badge,
  Button,
  EmptyState,
  FailedState,
  Field,
  MomentField,
  Page,
  Section,
  Select,
} from '../design/index.js';
import { listsQuery, sendUpload, type UploadAnswer } from './upload-queries.js';

const tones = { exact: 'alarm', near: 'alarm', none: 'good', undecided: 'waiting' } as const;

/** Stands in for a service: one file, compared with a list as any upload is. */
export const UploadScreen = () => {
  const { say } = useTongue();
  const lists = useQuery(listsQuery);
  return (
    <Page title={say('platform.upload.title')} about={say('platform.upload.about')}>
      <Answer query={lists}>
        {({ lists: known }) => {
          const names = [...new Set(known.map(({ name }) => name))];
          return names[0] === undefined ? (
            <EmptyState title={say('platform.upload.no-list')}>{say('platform.upload.no-list-help')}</EmptyState>
          ) : (
            <UploadForm lists={names} first={names[0]} />
          );
        }}
      </Answer>
    </Page>
  );
};

const UploadForm = ({ lists, first }: { readonly lists: readonly string[]; readonly first: string }) => {
  const { say } = useTongue();
  const [fields, setFields] = useState(() => ({
    account: '',
    list: first,
    ip: '',
    port: '',
    uploadedAt: typedMoment(new Date(), 'second'),
  }));
  const [file, setFile] = useState<File>();
  const upload = useMutation({ mutationFn: sendUpload });
  const change = (name: keyof typeof fields) => (value: string) => setFields({ ...fields, [name]: value });
  const uploadedAt = readMoment(fields.uploadedAt);
  const ready = file !== undefined && fields.account !== '' && uploadedAt !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) upload.mutate({ ...fields, uploadedAt, file });
  };
  return (
    <>
      <form className="form" onSubmit={submit}>
        <div className="field">
          <label htmlFor="upload-file">{say('platform.upload.file')}</label>
          <input id="upload-file" type="file" required onChange={({ target }) => setFile(target.files?.[0])} />
        </div>
        <Field
          label={say('platform.upload.account')}
          help={say('platform.upload.account-help')}
          value={fields.account}
          onChange={change('account')}
          need="required"
        />
        <Select
          label={say('platform.upload.list')}
          value={fields.list}
          onChange={change('list')}
          options={lists.map((value) => ({ value, label: value }))}
        />
        <Field
          label={say('platform.upload.ip')}
          help={say('platform.upload.ip-help')}
          value={fields.ip}
          onChange={change('ip')}
        />
        <Field label={say('platform.upload.port')} value={fields.port} onChange={change('port')} />
        <MomentField
          label={say('platform.upload.at')}
          value={fields.uploadedAt}
          onChange={change('uploadedAt')}
          need="required"
        />
        <div className="actions">
          <Button type="submit" kind="main" state={upload.isPending ? 'busy' : ready ? 'ready' : 'disabled'}>
            {say('platform.upload.send')}
          </Button>
        </div>
      </form>
      {upload.error !== null && <FailedState problem={upload.error} />}
      {upload.data !== undefined && <Found answer={upload.data} account={upload.variables.account} />}
    </>
  );
};

const Found = ({ answer: { outcome }, account }: { readonly answer: UploadAnswer; readonly account: string }) => {
  const { say } = useTongue();
  return (
    <Section title={say('platform.upload.result')}>
      <p role="status">
        <Badge tone={tones[outcome]}>{say(`platform.upload.${outcome}`)}</Badge>
      </p>
      {(outcome === 'exact' || outcome === 'near') && (
        <p>
          <Link to="/desk/platform/matches" search={{ state: 'all', account }}>
            {say('platform.upload.open-matches')}
          </Link>
        </p>
      )}
    </Section>
  );
};
