/** A document as the node passes it on, member by member; what it holds is looked at where it is read. */
export type Told = Readonly<Record<string, unknown>>;

export const told = (value: unknown): Told => (typeof value === 'object' && value !== null ? (value as Told) : {});
export const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
