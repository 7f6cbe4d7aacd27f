import { Aspects, Aws, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Who runs the system: a topic on which all alarms around it ring, whichever construct makes them. */
export class Operators extends Construct {
  readonly topic: Topic;

  /** @param email who is told by e-mail, once they confirmed it; others subscribe to the topic */
  constructor(scope: Construct, id: string, email?: string) {
    super(scope, id);
    // A key of our own: by the one that SNS brings, CloudWatch may not publish.
    const masterKey = new Key(this, 'Key', {
      description: 'Leadkeeper: alarms on their way',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'Topic', { displayName: 'Leadkeeper alarms', masterKey, enforceSSL: true });
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
