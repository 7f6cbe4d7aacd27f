import type { APIGatewayProxyEventV2, Context, SQSEvent } from 'aws-lambda';
import { log } from './log.ts';

/** What EventBridge Scheduler sends: the schedule's name and the moment for which it was due (ISO 8601). */
export interface ScheduledEvent {
  readonly schedule: string;
  readonly scheduledTime: string;
}

/** A Lambda woken by a schedule. */
export function scheduleStep(
  handle: (event: ScheduledEvent, context: Context) => Promise<void>,
): (event: ScheduledEvent, context: Context) => Promise<void> {
  return async (event, context) => {
    try {
      await handle(event, context);
    } catch (error) {
      log.error('scheduled run failed', error, { step: event.schedule });
      throw error;
    }
  };
}

/** The entries of a Lambda that several kinds of trigger wake. */
export interface Entries<Http, Queue> {
  readonly http?: (event: APIGatewayProxyEventV2, context: Context) => Promise<Http>;
  readonly queue?: (event: SQSEvent, context: Context) => Promise<Queue>;
  readonly schedule?: (event: ScheduledEvent, context: Context) => Promise<void>;
}

/** The template wakes a Lambda in a way for which it has no entry. */
class NoEntry extends Error {
  override readonly name = 'NoEntry';
}

/** One Lambda for several triggers: hands each event to the entry of its kind. */
export function byTrigger<Http, Queue>({ http, queue, schedule }: Entries<Http, Queue>) {
  return async (
    event: APIGatewayProxyEventV2 | SQSEvent | ScheduledEvent,
    context: Context,
  ): Promise<Http | Queue | undefined> => {
    if ('Records' in event && queue) return queue(event, context);
    if ('requestContext' in event && http) return http(event, context);
    if (!('schedule' in event) || !schedule) throw new NoEntry('no entry for this trigger');
    await schedule(event, context);
    return undefined;
  };
}
