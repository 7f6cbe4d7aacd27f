import { App } from 'aws-cdk-lib';
import { Leadkeeper } from './way-of-a-lead.ts';

const app = new App();

new Leadkeeper(app, 'Leadkeeper', {
  description: 'Leadkeeper: no lead lost, none late, every decision explained.',
  timeZone: app.node.tryGetContext('timeZone') as string | undefined,
  oidcIssuer: app.node.tryGetContext('oidcIssuer') as string | undefined,
  bedrockModel: app.node.tryGetContext('bedrockModel') as string | undefined,
  alarmEmail: app.node.tryGetContext('alarmEmail') as string | undefined,
  oidcAudience: app.node.tryGetContext('oidcAudience') as string | undefined,
});
