import { useSyncExternalStore } from 'react';

/** Who works with this tab: the operator's key of the node, and the pseudonym of whoever sits here. */
export interface Session {
  readonly key: string | null;
  readonly person: string | null;
}

const listeners = new Set<() => void>();
let session: Session = { key: sessionStorage.getItem('key'), person: sessionStorage.getItem('person') };

const change = (part: Partial<Session>): void => {
  session = { ...session, ...part };
  for (const [name, value] of Object.entries(session)) {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  }
  for (const listener of listeners) listener();
};

/** The address brings the key behind `#`, which no server sees; it is kept for this tab and taken out of the address. */
export const takeKeyFromAddress = (): void => {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given === null) return;
  change({ key: given });
  history.replaceState(history.state, '', location.pathname + location.search);
};

export const currentSession = (): Session => session;
export const signAs = (person: string): void => change({ person });
export const forgetKey = (): void => change({ key: null });

/** A pseudonym as the node takes it (`parsePersonId` of @tutela/policy). */
export const isPseudonym = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(text);

export const useSession = (): Session =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentSession);
