export const unknownOrder = { code: 'order-unknown', message: 'there is no such order' } as const;
