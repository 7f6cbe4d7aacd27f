const folded = (line: string): string => line.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether two spellings name one product line: width, case and spaces make none of their own. */
export const sameLine = (one: string, other: string): boolean => one === other || folded(one) === folded(other);
