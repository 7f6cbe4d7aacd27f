/** Closed deals of one segment: how many, and how many of them were won. */
export interface Deals {
  won: number;
  closed: number;
}

/** What a team's deals say of somebody of whom nothing else is known (a beta distribution by mean and strength). */
export interface Prior {
  mean: number;
  /** In deals: with as many of one's own, one's own rate and the mean count the same. */
  strength: number;
}

/** Bounds of a prior's strength: never does one deal prove much, nor is a hundred times the same result without effect. */
const WEAKEST = 5;
const STRONGEST = 60;
/** Where there are too few deals to tell how much people differ. */
const USUAL = 20;
/** A team that has not closed a deal of the segment yet is taken to win so many of this many. */
const BEFORE_ANY = { won: 1, closed: 5 };

/**
 * The prior of a team, fitted to its members' deals by the method of moments for beta-binomial counts (Kleinman 1973): the
 * more their rates differ beyond what chance explains, the less the team's mean says of one of them.
 */
export function priorOf(members: readonly Deals[]): Prior {
  const active = members.filter(({ closed }) => closed > 0);
  const closed = active.reduce((sum, deals) => sum + deals.closed, 0);
  const won = active.reduce((sum, deals) => sum + deals.won, 0);
  const mean = (won + BEFORE_ANY.won) / (closed + BEFORE_ANY.closed);
  if (active.length < 2) return { mean, strength: USUAL };
  const rate = won / closed;
  const byChance = rate * (1 - rate);
  const spread = active.reduce((sum, deals) => sum + deals.closed * (deals.won / deals.closed - rate) ** 2, 0);
  const squares = active.reduce((sum, deals) => sum + deals.closed ** 2, 0);
  const freedom = active.length - 1;
  const beyond = byChance * (closed - squares / closed - freedom);
  const likeness = beyond > 0 ? (spread - byChance * freedom) / beyond : 0;
  if (likeness <= 0) return { mean, strength: STRONGEST };
  return { mean, strength: Math.min(STRONGEST, Math.max(WEAKEST, (1 - likeness) / likeness)) };
}

/** A rep's win rate as their deals and the team's prior let one expect it. `cautious` is one standard deviation below. */
export function expectedWinRate({ won, closed }: Deals, { mean, strength }: Prior): { mean: number; cautious: number } {
  const expected = (won + mean * strength) / (closed + strength);
  const deviation = Math.sqrt((expected * (1 - expected)) / (closed + strength + 1));
  return { mean: expected, cautious: Math.max(0, expected - deviation) };
}

/** A kind of lead: what it is about, how good it is, and who asks. */
export interface Segment {
  productLine?: string | undefined;
  grade: string;
  industry?: string | undefined;
}

const part = (text: string | undefined): string => (text === undefined ? '%' : encodeURIComponent(text.toLowerCase()));

/** A segment as it stands in keys. */
export const segmentKey = ({ productLine, grade, industry }: Segment): string =>
  [productLine, grade, industry].map(part).join('|');
