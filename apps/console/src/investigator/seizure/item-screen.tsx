import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ItemStandingBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Beside, Facts, Section, ShortCode, Time } from '../../design/index.js';
import { answerTones } from '../answer-tones.js';
import { CasePage } from '../case-page.js';
import { ItemLook } from './item-look.js';
import { itemTones } from './items-screen.js';
import { matchTones } from './matches-screen.js';
import { itemQuery } from './queries.js';

const route = getRouteApi('/desk/investigator/cases/$case/items/$item');

/** One file: what is known of it without looking, and beside it what may be done with it and why. */
export const ItemScreen = () => {
  const { say } = useTongue();
  const { case: caseRef, item } = route.useParams();
  return (
    <CasePage caseRef={caseRef} title={say('investigator.item.title', { item })} about={say('investigator.item.about')}>
      <Answer query={useQuery(itemQuery(caseRef, item))}>
        {(standing) => (
          <Beside aside={<Steps {...standing} />}>
            <ItemFacts {...standing} caseRef={caseRef} />
            {(standing.item.fileClass === 'picture' || standing.item.fileClass === 'video') && (
              <ItemLook caseRef={caseRef} {...standing} />
            )}
          </Beside>
        )}
      </Answer>
    </CasePage>
  );
};

const ItemFacts = ({ item, match, looks, caseRef }: ItemStandingBody & { readonly caseRef: string }) => {
  const { say, bytes, number } = useTongue();
  const params = { case: caseRef };
  return (
    <Section
      title={say('investigator.item.facts')}
      actions={
        <>
          {item.sha256 !== null && (
            <Link to="/desk/investigator/cases/$case/items" params={params} search={{ sha256: item.sha256 }}>
              {say('investigator.item.same-bytes')}
            </Link>
          )}
          {looks !== null && (
            <Link to="/desk/investigator/cases/$case/items" params={params} search={{ stack: looks.stack }}>
              {say('investigator.item.look-alikes', { files: looks.lookAlikes })}
            </Link>
          )}
          {item.fileClass === 'archive' && (
            <Link to="/desk/investigator/cases/$case/items" params={params} search={{ parent: item.itemId }}>
              {say('investigator.item.members')}
            </Link>
          )}
        </>
      }
    >
      <Facts
        facts={
          [
            { name: say('investigator.item.path'), value: item.path ?? say('investigator.item.no-path'), form: 'code' },
            {
              name: say('investigator.item.state'),
              value: <Badge tone={itemTones[item.state]}>{say(`investigator.item-state.${item.state}`)}</Badge>,
            },
            { name: say('investigator.item.class'), value: say(`investigator.class.${item.fileClass}`) },
            { name: say('investigator.item.media-type'), value: item.mediaType },
            { name: say('investigator.size'), value: bytes(item.size) },
            {
              name: say('investigator.account'),
              value: item.account !== null && (
                <Link
                  to="/desk/investigator/cases/$case/accounts/$account"
                  params={{ ...params, account: item.account }}
                >
                  {item.account}
                </Link>
              ),
            },
            {
              name: say('investigator.item.parent'),
              value: item.parentItemId !== null && (
                <Link
                  to="/desk/investigator/cases/$case/items/$item"
                  params={{ ...params, item: String(item.parentItemId) }}
                >
                  {item.parentItemId}
                </Link>
              ),
            },
            {
              name: say('investigator.item.match'),
              value: match !== null && <MatchWithList {...match} />,
              form: 'wide',
            },
            {
              name: say('investigator.item.distance-from-leader'),
              value: looks !== null && number(looks.distance),
            },
            { name: say('investigator.item.modified'), value: <Time at={item.modifiedAt} />, form: 'wide' },
            { name: 'SHA-256', value: item.sha256, form: 'code' },
            { name: 'SHA-1', value: item.sha1, form: 'code' },
            { name: 'MD5', value: item.md5, form: 'code' },
            { name: say('investigator.item.read-under'), value: <ShortCode code={item.authorityId} />, form: 'wide' },
          ].map((fact) => (fact.value === false ? { ...fact, value: null } : fact)) as Parameters<
            typeof Facts
          >[0]['facts']
        }
      />
    </Section>
  );
};

/** A near match is a lead: with its distance, so that nobody takes it for the bytes. */
const MatchWithList = ({ kind, listName, line, distance }: NonNullable<ItemStandingBody['match']>) => {
  const { say, number } = useTongue();
  return (
    <>
      <Badge tone={matchTones[kind]}>{say(`investigator.matches.${kind}`)}</Badge>{' '}
      {line === null ? listName : say('investigator.matches.entry-at', { list: listName, line: number(line) })}
      {distance !== null && ` · ${say('investigator.matches.distance')}: ${number(distance)}`}
    </>
  );
};

/** "Why may I see this": each step, the answer, the rule, and what would turn it. */
const Steps = ({ steps }: ItemStandingBody) => {
  const { say, sayIfKnown } = useTongue();
  return (
    <Section title={say('investigator.steps.title')} about={say('investigator.steps.about')}>
      <ol className="history">
        {steps.map(({ step, answer, rule, need, authority, keepTo }) => (
          <li key={step}>
            <p>
              <Badge tone={answerTones[answer]}>
                {sayIfKnown(`investigator.step.${step}`) ?? step}: {say(`investigator.answer.${answer}`)}
              </Badge>
            </p>
            <p>{sayIfKnown(`investigator.rule.${rule}`) ?? <code>{rule}</code>}</p>
            {need !== null && (
              <p>{say('investigator.steps.need', { need: sayIfKnown(`investigator.need.${need}`) ?? need })}</p>
            )}
            {keepTo.map((words) => (
              <p key={words} className="history-detail">
                {words}
              </p>
            ))}
            {authority !== null && (
              <p className="about">
                {say('investigator.authority')} <ShortCode code={authority} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
};
