const folded = (line: string): string => line.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether two spellings name one product line. As the router has it, whose code the page does not load: a test compares them. */
export const sameLine = (one: string, other: string): boolean => folded(one) === folded(other);
