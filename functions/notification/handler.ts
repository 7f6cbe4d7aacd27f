import { Claimed } from '../../shared/notice/store.ts';
import { QUIET } from '../../shared/notice/waiting/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { queueStep, type StepContext, TryAgain } from '../../shared/platform/queue-step.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { messagesFor } from './address.ts';
import { catchUp, wake } from './catch-up.ts';
import { channels } from './channels/index.ts';
import { deliver } from './deliver.ts';
import { sendDigests } from './digest.ts';
import { stillTrue } from './late.ts';
import { type ChannelName, NotTaken } from './message.ts';
import { tellOfClosing } from './published.ts';
import { remindOfReview } from './review-reminder.ts';
import { surroundings } from './surroundings.ts';
import { tellingsOf, type Woken, woken } from './tellings-of.ts';
import { sendReviews } from './weekly-review.ts';

/** What has to be told → the people who have to know it, by their channels, once each; and each morning, who let what lie, and what is to be reviewed; on Mondays, what each team is to talk about. */
export const handler = byTrigger({
  queue: queueStep(woken, (event, context) => tell(event, context).catch(whenFree(context))),
  schedule: scheduleStep(async ({ schedule }) => {
    if (schedule === 'weekly-review') return sendReviews(table(), now);
    await sendDigests(table(), now);
    await remindOfReview(table(), now);
  }),
});

/** In seconds: whoever tells of an event has told of it by then. */
const SOON = 2;

/**
 * What comes for the first time is being told by whoever got it twice from the bus: it comes again soon, and finds that done. Whoever
 * died while they told of it left a claim: the event comes again once that has lapsed, and no sooner.
 */
const whenFree =
  ({ now, attempt }: StepContext) =>
  (error: unknown): never => {
    if (!(error instanceof Claimed)) throw error;
    const free = error.freeAfter(now());
    throw new TryAgain(attempt === 1 ? Math.min(SOON, free) : free);
  };

/** Tells of one event. */
async function tell(event: Woken, { table, now, lastTry }: StepContext): Promise<void> {
  if (event.type === 'ChannelDue') return tryAgain(event.detail.channel, { table, now });
  if (event.type === 'CycleClosed') return tellOfClosing(table, event.detail, { now, lastTry });
  const [tellings, around] = await Promise.all([tellingsOf(table, event), surroundings(table, now())]);
  const messages = tellings.flatMap((telling) => messagesFor(telling, around));
  const { eventId, at } = event.detail;
  await deliver(table, eventId, await stillTrue(table, messages, at, now()), { now, lastTry });
}

function tryAgain(channel: string, { table, now }: Pick<StepContext, 'table' | 'now'>): Promise<void> {
  if (channel === QUIET) return wake(table, now);
  if (!(channel in channels)) throw new NotTaken(channel, 'unknown-channel');
  return catchUp(table, channel as ChannelName, now);
}
