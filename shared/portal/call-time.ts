/** When a customer can say that they would like to be called: at once, or at a time of the day, of theirs. */
export const callTimes = ['now', 'morning', 'afternoon', 'evening'] as const;

/** One of these. */
export type CallTime = (typeof callTimes)[number];
