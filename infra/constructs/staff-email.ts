import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/** E-mail by SES, from any identity that the account has verified; which one is in the secret (`emailFrom`). */
export class StaffEmail extends Construct implements Resource {
  grantTo(step: Step): void {
    const identities = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
    step.allow(['ses:SendEmail'], [identities]);
  }
}
