import type { ReportAddressesBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, type Tone } from '../../design/index.js';
import { gradeTones } from './order-states.js';

type Address = ReportAddressesBody['addresses'][number];

const tones: Readonly<Record<Address['becomes'], Tone>> = {
  observation: 'good',
  repeated: 'neutral',
  refused: 'alarm',
};

/** Each place of a report that states a connection: what becomes of it, and why. */
export const AddressTable = ({ addresses }: Pick<ReportAddressesBody, 'addresses'>) => {
  const { say, number } = useTongue();
  return (
    <DataTable
      caption={say('investigator.addresses.caption')}
      rows={addresses}
      rowKey={({ place }) => String(place)}
      columns={[
        { id: 'place', header: say('investigator.addresses.place'), align: 'end', cell: ({ place }) => number(place) },
        {
          id: 'owner',
          header: say('investigator.referral.from'),
          cell: ({ owner }) => say(`investigator.addresses.owner-${owner}`),
        },
        { id: 'address', header: say('investigator.address'), cell: ({ address }) => <code>{address}</code> },
        { id: 'port', header: say('investigator.port'), align: 'end', cell: ({ port }) => port },
        { id: 'stated', header: say('investigator.addresses.stated'), cell: ({ stated }) => <code>{stated}</code> },
        {
          id: 'becomes',
          header: say('investigator.addresses.outcome'),
          cell: ({ becomes, repeats }) => (
            <Badge tone={tones[becomes]}>
              {say(`investigator.addresses.becomes-${becomes}`, { place: number(repeats ?? 0) })}
            </Badge>
          ),
        },
        { id: 'why', header: say('investigator.addresses.why'), cell: (address) => <Why {...address} /> },
      ]}
    />
  );
};

const Why = ({ grade, code }: Address) => {
  const { say, sayIfKnown } = useTongue();
  if (grade !== null) return <Badge tone={gradeTones[grade]}>{say(`investigator.grade.${grade}`)}</Badge>;
  return code === null ? null : (sayIfKnown(`investigator.reason.${code}`) ?? code);
};
