import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** A message that failed this often goes to the dead letters. */
const MOST_RECEIVES = 3;
/** AWS's advice: the visibility time-out of a queue is six times that of the function it wakes. */
const VISIBILITY_FACTOR = 6;

/** The queue before a step, with its dead letters and an alarm on each: one rings when work piles up, one when work failed. */
export class StepQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, timeout: Duration, takenUpWithin: Duration) {
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
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
    this.alarm(
      'Waiting',
      this.queue,
      Duration.minutes(5),
      'work piles up before this step (ARCHITECTURE.md, "When an alarm rings")',
    );
    this.alarm(
      'Failed',
      this.deadLetters,
      Duration.minutes(5),
      'dead letters are not taken up (ARCHITECTURE.md, "When an alarm rings")',
    );
  }

  private alarm(id: string, queue: Queue, age: Duration, alarmDescription: string): void {
    new Alarm(this, id, {
      alarmDescription,
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: age.toSeconds(),
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
