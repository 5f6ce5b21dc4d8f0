import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import {
  Answer,
  Badge,
  Beside,
  Button,
  ConfirmDialog,
  Facts,
  Page,
  Section,
  ShortCode,
  Time,
  Timeline,
} from '../../design/index.js';
import { SaveButton } from '../save-button.js';
import { Letter } from './letter.js';
import { NextRequests } from './next-requests.js';
import { noteSent, requestQuery, settle } from './queries.js';
import { requestTones } from './request-states.js';

const route = getRouteApi('/desk/clearinghouse/requests/$request');

type Act = 'sent' | 'answered' | 'refused' | 'withdrawn';

/** One request: its documents, its clocks, and what a person notes of it. The program sends none. */
export const RequestScreen = () => {
  const { say, country } = useTongue();
  const { request: id } = route.useParams();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Act>();
  return (
    <Page
      title={say('clearinghouse.request.one')}
      about={say('clearinghouse.request.about')}
      actions={<Link to="/desk/clearinghouse/requests">{say('clearinghouse.request.back')}</Link>}
    >
      <Answer query={useQuery(requestQuery(id))}>
        {(request) => {
          const acts: readonly Act[] =
            request.state === 'draft'
              ? ['sent', 'withdrawn']
              : request.state === 'sent'
                ? ['answered', 'refused', 'withdrawn']
                : [];
          return (
            <Beside
              aside={
                <>
                  <Section title={say('clearinghouse.filter.state')}>
                    <p>
                      <Badge tone={requestTones[request.state]}>
                        {say(`clearinghouse.request.state.${request.state}`)}
                      </Badge>{' '}
                      {request.note}
                    </p>
                    <div className="actions">
                      {acts.map((act) => (
                        <Button key={act} onPress={() => setAsked(act)}>
                          {say(`clearinghouse.request.note.${act}`)}
                        </Button>
                      ))}
                    </div>
                    <NextRequests request={request} />
                  </Section>
                  <Section
                    title={say('clearinghouse.request.clocks')}
                    about={say('clearinghouse.request.clocks-about')}
                  >
                    <Timeline
                      label={say('clearinghouse.request.clocks')}
                      entries={request.deadlines.map((deadline) => ({
                        id: `${deadline.kind} ${deadline.at}`,
                        at: deadline.at,
                        title: say(`clearinghouse.request.clock.${deadline.kind}`),
                        state: {
                          tone: deadline.state === 'passed' ? 'alarm' : deadline.state === 'met' ? 'good' : 'waiting',
                          text: say(`clearinghouse.request.deadline.${deadline.state}`),
                        },
                        children: (
                          <>
                            {say(
                              deadline.remindedAt === null
                                ? 'clearinghouse.request.reminder-at'
                                : 'clearinghouse.request.reminded',
                            )}{' '}
                            <Time at={deadline.remindedAt ?? deadline.remindAt} />
                          </>
                        ),
                      }))}
                    />
                  </Section>
                </>
              }
            >
              <Section title={say(`clearinghouse.request.title.${request.kind}`)}>
                <Facts
                  facts={[
                    { name: say('clearinghouse.request.addressee'), value: request.addressee },
                    { name: say('common.map.country'), value: country(request.country) },
                    { name: say('clearinghouse.request.label.case'), value: request.caseRef },
                    { name: say('clearinghouse.request.language'), value: request.language },
                    { name: say('clearinghouse.request.made-by'), value: request.madeBy },
                    { name: say('clearinghouse.referral.made'), value: <Time at={request.madeAt} />, form: 'wide' },
                    { name: say('clearinghouse.request.sent'), value: <Time at={request.sentAt} />, form: 'wide' },
                    { name: say('clearinghouse.referral.receipt'), value: request.receipt, form: 'wide' },
                  ]}
                />
              </Section>
              <Section title={say('clearinghouse.request.documents')} about={say('clearinghouse.referral.on-record')}>
                <div className="actions">
                  <SaveButton at={`/clearinghouse/requests/${id}/document.pdf`} name={`request-${id}.pdf`}>
                    PDF
                  </SaveButton>
                  <SaveButton at={`/clearinghouse/requests/${id}/document.txt`} name={`request-${id}.txt`}>
                    {say('clearinghouse.request.text')}
                  </SaveButton>
                </div>
                {request.documents.map(({ form, sha256, madeAt }) => (
                  <p key={form} className="about">
                    {form.toUpperCase()} · <Time at={madeAt} /> · SHA-256 <ShortCode code={sha256} />
                  </p>
                ))}
                <Letter label={say('clearinghouse.request.text')} language={request.language}>
                  {request.letter}
                </Letter>
              </Section>
            </Beside>
          );
        }}
      </Answer>
      {asked !== undefined && (
        <ConfirmDialog
          title={say(`clearinghouse.request.note.${asked}`)}
          confirm={say(`clearinghouse.request.note.${asked}`)}
          onClose={() => setAsked(undefined)}
          onConfirm={async (words) => {
            await (asked === 'sent' ? noteSent(id, words) : settle(id, asked, words));
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say(`clearinghouse.request.then.${asked}`)}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
};
