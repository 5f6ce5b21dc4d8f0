import { useMutation } from '@tanstack/react-query';
import type { VerifiedBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, Button, Facts, FailedState, Section } from '../../design/index.js';
import { verifyPackage } from './queries.js';

const tones = { verified: 'good', consistent: 'waiting', faulty: 'alarm' } as const;

/** Checks what was written as anybody can, with the verifier that packages bring. */
export const VerifyPackage = ({ name }: { readonly name: string }) => {
  const { say } = useTongue();
  const check = useMutation({ mutationFn: () => verifyPackage(name) });
  return (
    <Section
      title={say('investigator.verify.title')}
      about={say('investigator.verify.about')}
      actions={
        <Button kind="main" state={check.isPending ? 'busy' : 'ready'} onPress={() => check.mutate()}>
          {say('investigator.verify.act')}
        </Button>
      }
    >
      {check.error !== null && <FailedState problem={check.error} onRetry={() => check.mutate()} />}
      <div role="status">{check.data !== undefined && <Verdict {...check.data} />}</div>
    </Section>
  );
};

const Verdict = ({ verdict, checked, approvedBy, faults, faultsTotal }: VerifiedBody) => {
  const { say, sayIfKnown, number, list } = useTongue();
  const counted = Object.entries(checked).flatMap(([name, value]) =>
    typeof value === 'number'
      ? [{ name: sayIfKnown(`investigator.checked.${name}`) ?? name, value: number(value) }]
      : [],
  );
  return (
    <>
      <p>
        <Badge tone={tones[verdict]}>{say(`investigator.verdict.${verdict}`)}</Badge>
      </p>
      <p>{say(`investigator.verdict-means.${verdict}`)}</p>
      <Facts
        facts={[
          ...counted,
          { name: say('investigator.approvals.title'), value: list(approvedBy) },
          { name: say('investigator.verify.faults'), value: number(faultsTotal) },
        ]}
      />
      {faults.length > 0 && (
        <ul>
          {faults.slice(0, 20).map((fault, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: faults have no names and never change their order
            <li key={at}>
              {Object.values(fault)
                .filter((part) => typeof part === 'string')
                .join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
