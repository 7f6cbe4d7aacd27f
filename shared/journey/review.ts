import { isOpen, type Lead } from '../lead/lead.ts';
import { asTheyWere } from './corrections/marked.ts';
import { type Interaction, isContact } from './interaction.ts';
import { stuckSince } from './progress.ts';
import { type JourneyRules, targetHours } from './rules.ts';
import { stages } from './stages.ts';
import type { Task } from './tasks/task.ts';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
/** A promise counts as kept when somebody was in touch until so long after it was due. Milliseconds. */
const GRACE = DAY;
/** So many conversations with one person alone tell that nobody else is known. */
const ENOUGH_TALKS = 3;
/** So often a date may slip once. */
const SLIPS = 2;

/** Why a deal is talked about, the gravest first. */
export const reasons = [
  'never-contacted',
  'stuck',
  'promise-overdue',
  'over-target',
  'date-slipped',
  'single-threaded',
  'no-next-step',
] as const;

/** Why a deal is talked about. */
export type Why = (typeof reasons)[number];

/** Something that was promised to a customer, and what became of it. */
export interface Promised {
  text: string;
  dueAt: string;
  /** Null while it is not due yet. */
  kept: boolean | null;
}

/** What was promised for the time from … to, by a deal's contacts, and whether somebody was in touch until a day after. */
export function promisesOf(records: readonly Interaction[], from: Date, to: Date, at: Date): Promised[] {
  const contacts = asTheyWere(records);
  return contacts.flatMap(({ nextStep, at: promisedAt, interactionId }) => {
    if (!nextStep) return [];
    const due = Date.parse(nextStep.dueAt);
    if (due < from.getTime() || due >= to.getTime()) return [];
    const kept = contacts.some(
      (later) =>
        later.interactionId !== interactionId &&
        later.at > promisedAt &&
        Date.parse(later.at) <= due + GRACE &&
        isContact(later),
    );
    const open = !kept && at.getTime() < due + GRACE;
    return [{ text: nextStep.text, dueAt: new Date(due).toISOString(), kept: open ? null : kept }];
  });
}

/** How a deal stands by its records. */
export interface Standing {
  lastContactAt: string | null;
  nextStep: { text: string; dueAt: string } | null;
  stuckSince: string | null;
  /** Every reason to talk about it, the gravest first. */
  flags: Why[];
}

/** How a deal stands: who was in touch last, what is agreed next, and what is to be talked about. */
export function standingOf(
  lead: Lead,
  records: readonly Interaction[],
  tasks: readonly Task[],
  rules: JourneyRules,
  at: Date,
): Standing {
  const contacts = asTheyWere(records);
  const next = nextOf(contacts, tasks);
  const overdue = next !== undefined && Date.parse(next.dueAt) < at.getTime();
  const lastContactAt = contacts.findLast((each) => isContact(each))?.at ?? null;
  const since = stuckSince(lead, at);
  const holds: Record<Why, boolean> = {
    'never-contacted': lead.sla.firstContactAt === null && lead.sla.level !== 'none',
    stuck: since !== undefined,
    'promise-overdue': overdue,
    'over-target': isOverTarget(lead, rules, at),
    'date-slipped': slips(contacts, tasks, at) >= SLIPS,
    'single-threaded': isSingleThreaded(lead, contacts),
    'no-next-step': lead.sla.firstContactAt !== null && next === undefined,
  };
  return {
    lastContactAt,
    nextStep: next && !overdue ? next : null,
    stuckSince: since ?? null,
    flags: isOpen(lead) ? reasons.filter((reason) => holds[reason]) : [],
  };
}

/** The next step that is not done: the task that is due first, or, where no task was made of it, what was agreed last. */
function nextOf(contacts: readonly Interaction[], tasks: readonly Task[]): { text: string; dueAt: string } | undefined {
  const [open] = tasks
    .filter(({ state, kind }) => state === 'open' && kind === 'next-step')
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  if (open) return { text: open.text, dueAt: open.dueAt };
  const made = new Set(tasks.map(({ from }) => from));
  return contacts.findLast(({ nextStep, interactionId }) => nextStep && !made.has(interactionId))?.nextStep;
}

function isOverTarget(lead: Lead, rules: JourneyRules, at: Date): boolean {
  const target = targetHours(rules, lead.stage.name, lead.productLine);
  return target !== null && at.getTime() - Date.parse(lead.stage.since) > target * HOUR;
}

/** How often a date was put off, or passed without anybody in touch. */
const slips = (contacts: readonly Interaction[], tasks: readonly Task[], at: Date): number =>
  tasks.reduce((sum, { postponed }) => sum + postponed, 0) +
  promisesOf(contacts, new Date(0), at, at).filter(({ kept }) => kept === false).length;

/** Past the diagnosis, and all the talking was with one and the same person. Where nobody is named, nothing is known. */
function isSingleThreaded(lead: Lead, contacts: readonly Interaction[]): boolean {
  if (stages.indexOf(lead.stage.name as (typeof stages)[number]) < stages.indexOf('solution-demo')) return false;
  const talks = contacts.filter((each) => isContact(each) && (each.with ?? []).length > 0);
  return talks.length >= ENOUGH_TALKS && new Set(talks.flatMap((each) => each.with ?? [])).size === 1;
}

/** Those to be talked about first: by the gravest reason, then by how long they have stood still. */
export const inOrder = <T extends { flags: readonly Why[]; since: string }>(deals: readonly T[]): T[] => {
  const rank = ({ flags: [first] }: T) => (first === undefined ? reasons.length : reasons.indexOf(first));
  return [...deals].sort((a, b) => rank(a) - rank(b) || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
};
