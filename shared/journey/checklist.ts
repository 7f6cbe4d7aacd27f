import type { Interaction } from './interaction.ts';
import type { JourneyRules, StageRules } from './rules.ts';
import { openStages } from './stages.ts';

/** Something that a stage asks for before it is left. */
export interface Action {
  /** The action's id, or `contact`. */
  id: string;
  /** In words for whoever asked. */
  name: string;
}

/** The actions that contacts say were done. */
export const doneIn = (interactions: readonly Pick<Interaction, 'done'>[]): Set<string> =>
  new Set(interactions.flatMap(({ done }) => done ?? []));

/** What a stage asks for and was not done yet. */
export function missingFrom(
  { exit, checklist }: StageRules,
  deal: { firstContactAt: string | null; done: ReadonlySet<string> },
): Action[] {
  const contact =
    exit.contact && deal.firstContactAt === null ? [{ id: 'contact', name: 'nobody reached the customer yet' }] : [];
  const open = checklist.filter(({ id }) => exit.actions.includes(id) && !deal.done.has(id));
  return [
    ...contact,
    ...open.map(({ id, text }) => ({
      id,
      name: typeof text === 'string' ? text : `${text.en ?? text['zh-CN']} (${id})`,
    })),
  ];
}

/** Every action of every stage. */
export const actionsOf = (all: JourneyRules['stages']): Set<string> =>
  new Set(openStages.flatMap((name) => all[name].checklist.map(({ id }) => id)));
