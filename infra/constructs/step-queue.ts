import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarm } from './alarm.ts';

/** A message that failed this often goes to the dead letters, unless told otherwise. */
const MOST_RECEIVES = 3;
/** AWS's advice: the visibility time-out of a queue is six times that of the function it wakes. */
const VISIBILITY_FACTOR = 6;
/** A message this old rings. */
const OLD = Duration.minutes(5);

/** The queue before a step, with its dead letters and an alarm on each: one rings when work piles up, one when work failed. */
export class StepQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, timeout: Duration, takenUpWithin: Duration, receives = MOST_RECEIVES) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(takenUpWithin.toSeconds() * VISIBILITY_FACTOR),
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * VISIBILITY_FACTOR),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receives },
    });
    alarm(this, 'Waiting', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      above: OLD.toSeconds(),
      because: 'work piles up before this step',
    });
    // Not by their age: one that was taken up waits, unseen, to be sent on its way again.
    alarm(this, 'Failed', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: OLD, statistic: 'Minimum' }),
      above: 0,
      because: 'dead letters are not taken up',
    });
  }
}
