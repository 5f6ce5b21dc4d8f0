import { listPeople } from '@tutela/policy/postgres';
import type { TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

/** Everybody who was ever enrolled, with their keys. */
export default async function personList(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const people = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => listPeople(db));
  const empty = 'Nobody is enrolled yet: tutela person add ONE.pub TWO.pub';
  printRows(this, flags, { name: 'people', empty }, people, [
    { heading: 'person', of: ({ id }) => id },
    { heading: 'name', of: ({ name }) => name },
    { heading: 'since', of: ({ addedAt }) => addedAt.slice(0, 16) },
    {
      heading: 'keys',
      of: ({ credentials }) =>
        credentials
          .map(({ method, revokedAt }) => {
            const what = method === 'webauthn' ? 'passkey' : 'key file';
            return revokedAt === undefined ? what : `${what} (revoked)`;
          })
          .join(', '),
    },
    { heading: 'left', of: ({ revokedAt }) => revokedAt?.slice(0, 16) ?? '—' },
  ]);
}
