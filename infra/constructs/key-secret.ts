import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/**
 * The deployment's one secret: a generated master, from which each source's key is derived, beside whatever vendors gave
 * (added by the operator: `wecomRobotUrl`, `hrRosterUrl`, a source's own key).
 */
export class KeySecret extends Construct implements Resource {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: 'Leadkeeper: master key and vendors’ secrets',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'master',
        excludePunctuation: true,
        passwordLength: 48,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.arn = secret.secretArn;
  }

  grantTo(step: Step): void {
    step.tell('SECRET_ARN', this.arn);
    step.allow(['secretsmanager:GetSecretValue'], [this.arn]);
  }
}
