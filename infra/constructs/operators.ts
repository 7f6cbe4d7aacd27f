import { Aspects, Aws } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Who runs the system: a topic on which all alarms around it ring, whichever construct makes them. */
export class Operators extends Construct {
  readonly topic: Topic;

  /** @param email who is told by e-mail, once they confirmed it; others subscribe to the topic */
  constructor(scope: Construct, id: string, email?: string) {
    super(scope, id);
    // No secret: an alarm's name and figures. By the key that SNS brings CloudWatch may not publish, and one of our own costs a month a dollar.
    this.topic = new Topic(this, 'Topic', { displayName: 'Leadkeeper alarms', enforceSSL: true });
    // A policy of the topic's own takes the place of SNS's, by which the account's alarms could publish.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    const tell = new SnsAction(this.topic);
    Aspects.of(scope).add({ visit: (node) => void (node instanceof Alarm && node.addAlarmAction(tell)) });
  }
}
