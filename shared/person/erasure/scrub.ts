import { LeadSetAside } from '../../../events/lead-set-aside.ts';
import { type Interaction, isContact } from '../../journey/interaction.ts';
import { end, type Task } from '../../journey/tasks/task.ts';
import type { Form } from '../../lead/form.ts';
import type { Lead } from '../../lead/lead.ts';

/** What stands in place of words that were erased. */
export const ERASED_WORDS = 'erased';

/**
 * What stays of each thing that lies with a lead once its person is erased: what reports, appraisal and the audit chain are made of,
 * without a word that somebody posted, said or wrote. What is named nowhere here goes as a whole, so that nothing new is forgotten.
 */

/** A lead: where it came from, how it went and how it ended. Where its customer is, and what they said, is gone. */
export function bareLead(lead: Lead): Lead {
  const { point, geocoded, words, callTime, conversed, rubbish, score, ...rest } = lead;
  return {
    ...rest,
    ...(score ? { score: { ...score, points: score.points.map((each) => ({ ...each, because: ERASED_WORDS })) } } : {}),
    ...(rubbish
      ? { rubbish: { ...rubbish, reasons: rubbish.reasons.map((each) => ({ ...each, because: ERASED_WORDS })) } }
      : {}),
    ...(lead.status === 'rejected' && lead.byHand ? { reason: ERASED_WORDS } : {}),
    ...(lead.status === 'lost' ? { lostReason: ERASED_WORDS } : {}),
  } as Lead;
}

/** A form that says nothing but by which channel it came. */
export const bareForm = ({ source: { channel, campaign } }: Pick<Form, 'source'>): Form => ({
  contact: {},
  source: { channel, ...(campaign === undefined ? {} : { campaign }) },
});

/** A contact, as it is counted: when, by whom, how long, and whether anybody was reached. */
export function bareInteraction(interaction: Interaction): Interaction {
  const { interactionId, at, repId, channel, minutes, reaction, done, corrects, retracted, counted } = interaction;
  return {
    interactionId,
    at,
    channel,
    minutes,
    summary: ERASED_WORDS,
    outcome: ERASED_WORDS,
    reached: isContact(interaction),
    ...(repId === undefined ? {} : { repId }),
    ...(reaction === undefined ? {} : { reaction }),
    ...(done === undefined ? {} : { done }),
    ...(interaction.nextStep ? { nextStep: { ...interaction.nextStep, text: ERASED_WORDS } } : {}),
    ...(corrects === undefined ? {} : { corrects, reason: ERASED_WORDS }),
    ...(retracted === undefined ? {} : { retracted }),
    ...(counted === undefined ? {} : { counted }),
  };
}

/** A task, ended. */
export const bareTask = (task: Task, at: Date): Task => ({
  ...(task.state === 'open' ? end(task, 'cancelled', ERASED_WORDS, at) : task),
  text: ERASED_WORDS,
});

/** Fields of events that say nothing of a customer. Whatever else an event says in words is taken away. */
const TELLING_NOTHING = new Set([
  ...['eventId', 'at', 'leadId', 'repId', 'teamId', 'decisionId', 'taskId', 'interactionId', 'corrects', 'touchedBy'],
  ...['duplicateOf', 'apart', 'others', 'personId', 'leadIds', 'source', 'channel', 'grade', 'basis', 'cause', 'kind'],
  ...['from', 'to', 'stage', 'since', 'dueAt', 'step', 'likeness', 'levels', 'firstContactAt', 'role', 'by', 'sign'],
  ...['callTime', 'intent', 'before', 'importId', 'reasons'],
]);

/** Why a lead was set aside is a code; any other reason is somebody's words. */
const SET_ASIDE = new Set<string>(LeadSetAside.schema.shape.reason.options);

const tellsNothing = (name: string, said: string): boolean =>
  TELLING_NOTHING.has(name) || (name === 'reason' && SET_ASIDE.has(said));

/** An event's detail without words. */
export function bareDetail(detail: unknown, name = ''): unknown {
  if (typeof detail === 'string') return tellsNothing(name, detail) ? detail : ERASED_WORDS;
  if (Array.isArray(detail)) return detail.map((each) => bareDetail(each, name));
  if (detail === null || typeof detail !== 'object') return detail;
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, bareDetail(value, key)]));
}
