import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Leadkeeper } from '../../infra/way-of-a-lead.ts';
import { identities, standsInFor } from '../../scripts/local/identities.ts';
import { readTemplate } from '../../scripts/local/template.ts';

const app = () => new App({ context: { 'aws:cdk:bundling-stacks': [] } });
/** The system, bundles left out, where alarms are mailed to this address. */
const mailing = (alarmEmail?: string): Stack => new Leadkeeper(app(), 'Leadkeeper', { alarmEmail });

/** The topic that the outputs name, as a reference. */
const topicOf = (template: Template): { Ref: string } =>
  template.findOutputs('AlarmTopic').AlarmTopic?.Value as { Ref: string };

describe('an alarm', () => {
  const template = Template.fromStack(mailing());
  const topic = topicOf(template);

  it('rings on the topic that the outputs name, whichever it is', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.length).toBeGreaterThan(30);
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual([topic]);
  });

  it('comes there from alarms of this account only, and by TLS', () => {
    const ofThisAccount = {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    };
    const statements = [
      { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { ...ofThisAccount, Action: 'sns:Publish', Resource: topic },
    ];
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topic],
      PolicyDocument: { Statement: Match.arrayWith(statements.map((statement) => Match.objectLike(statement))) },
    });
  });

  it('is mailed to whom the deployment names, and otherwise to nobody', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    const mailed = Template.fromStack(mailing('ops@example.com'));
    mailed.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn: topicOf(mailed),
    });
  });
});

it('the runtime on a laptop knows of all that is deployed what it is', async () => {
  const whole = app();
  new Leadkeeper(whole, 'Leadkeeper', { alarmEmail: 'ops@example.com' });
  const at = { url: () => '', backplane: () => '' };
  expect((await readTemplate(whole.synth().directory, standsInFor, identities(at))).unknownTypes).toEqual([]);
});
