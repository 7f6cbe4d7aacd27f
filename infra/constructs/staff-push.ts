import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/** The staff's phones: a topic to which each device is subscribed with a filter on its rep, and SMS by number. */
export class StaffPush extends Construct implements Resource {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Leadkeeper', enforceSSL: true });
  }

  grantTo(step: Step): void {
    step.tell('STAFF_PUSH_TOPIC_ARN', this.topic.topicArn);
    step.allow(['sns:Publish'], [this.topic.topicArn]);
    // An SMS goes to a number, which is no resource: all that is not a topic or a device.
    step.lambda.addToRolePolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: ['sns:Publish'], notResources: ['arn:*:sns:*:*:*'] }),
    );
  }
}
