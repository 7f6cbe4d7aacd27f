import { Duration, TimeZone } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { alarm } from './alarm.ts';
import type { EventBus } from './event-bus.ts';
import type { HttpApi } from './http-api.ts';
import type { LeadTable } from './lead-table.ts';
import type { Step, Trigger } from './step.ts';
import { StepQueue } from './step-queue.ts';

/** What every event of ours says it comes from. */
const SOURCE = 'leadkeeper';
/** Functions of one step that run at once; bounds what a burst asks of the table. */
const CONCURRENCY = 20;
/** The breaker's time-out; the visibility of dead letters follows it. */
const TAKEN_UP_WITHIN = Duration.seconds(15);
/** Publishing later than this rings. */
const BEHIND = Duration.minutes(5);
/** Lambda tries a scheduled run so often before it gives it up. */
const TRIES = 3;

/** Calls of a route. */
export const http = (api: HttpApi, route: string): Trigger => ({ wake: (step) => api.route(route, step) });

/** HTTP calls of any method to an address and all below it. */
export const under = (api: HttpApi, first: string): Trigger[] => [
  http(api, `ANY /${first}`),
  http(api, `ANY /${first}/{proxy+}`),
];

/** How events reach a step. */
export interface EventOptions {
  /** Messages handed over at once (10). */
  readonly batch?: number;
  /** The step puts off messages by itself, and so must know its queue. */
  readonly postpones?: boolean;
  /** The step puts work of its own into its queue as well. */
  readonly sends?: boolean;
  /** How often a message may fail before it is given up (3). */
  readonly receives?: number;
}

/** Events of these kinds, by a queue with dead letters of its own. */
export const onEvents = (bus: EventBus, events: readonly { type: string }[], options: EventOptions = {}): Trigger => ({
  wake: (step) => {
    const { queue, deadLetters } = new StepQueue(step, 'Inbox', step.timeout, TAKEN_UP_WITHIN, options.receives);
    new Rule(step, 'Rule', {
      eventBus: bus.bus,
      eventPattern: { source: [SOURCE], detailType: events.map(({ type }) => type) },
      targets: [new SqsQueue(queue)],
    });
    step.lambda.addEventSource(
      new SqsEventSource(queue, {
        batchSize: options.batch ?? 10,
        reportBatchItemFailures: true,
        maxConcurrency: CONCURRENCY,
      }),
    );
    step.deadLetters.push(deadLetters);
    if (options.postpones) {
      step.tell('QUEUE_URL', queue.queueUrl);
      step.allow(['sqs:ChangeMessageVisibility'], [queue.queueArn]);
    }
    if (options.sends) step.allow(['sqs:SendMessage'], [queue.queueArn]);
  },
});

/** What was committed to the outbox, in the order in which it was committed; tried until the bus has it. Rings when it falls behind. */
export const outboxStream = (table: LeadTable): Trigger => ({
  wake: (step) => {
    step.lambda.addEventSource(
      new DynamoEventSource(table.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        retryAttempts: -1,
        reportBatchItemFailures: true,
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.isEqual('INSERT'),
            dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('EVENT#') } } },
          }),
          // … and what rides in an item that was written anyway, which may be there again when the item is written again.
          FilterCriteria.filter({
            dynamodb: { NewImage: { event: { M: { eventId: { S: FilterRule.exists() } } } } },
          }),
        ],
      }),
    );
    // A stream forgets after a day: what was not published by then is never announced.
    alarm(step, 'Behind', {
      metric: step.lambda.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
      above: BEHIND.toMilliseconds(),
      because: 'events are not published',
    });
  },
});

/** A schedule by name: an AWS rate or cron expression, in the time zone. Rings when its runs keep failing. */
export const onSchedule = (name: string, expression: string, zone = 'Etc/UTC'): Trigger => ({
  wake: (step) => {
    new Schedule(step, `Schedule-${name}`, {
      scheduleName: name,
      schedule: ScheduleExpression.expression(expression, TimeZone.of(zone)),
      target: new LambdaInvoke(step.lambda, {
        input: ScheduleTargetInput.fromObject({ schedule: name, scheduledTime: ContextAttribute.scheduledTime }),
        retryAttempts: 2,
        maxEventAge: Duration.minutes(30),
      }),
    });
    // One alarm for all schedules of a step.
    if (step.node.tryFindChild('Missed')) return;
    alarm(step, 'Missed', {
      metric: step.lambda.metricErrors({ period: Duration.minutes(15), statistic: 'Sum' }),
      above: TRIES - 1,
      because: 'scheduled runs keep failing',
    });
  },
});

/** What the queues of these steps gave up on. */
export const deadLettersOf = (...steps: readonly Step[]): Trigger => ({
  wake: (step) => {
    for (const queue of steps.flatMap((each) => each.deadLetters)) {
      step.lambda.addEventSource(new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true }));
    }
  },
});
