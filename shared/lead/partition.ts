/** The partition in which everything about one lead lies: its state, form, events, decisions, interactions, notices. */
export const leadPartition = (leadId: string): string => `LEAD#${leadId}`;
