import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Leadkeeper } from '../../infra/way-of-a-lead.ts';

/** What of Bedrock the functions may do, and on what. */
function allowed(bedrockModel?: string): unknown[] {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const policies = Template.fromStack(new Leadkeeper(app, 'Leadkeeper', { bedrockModel })).findResources(
    'AWS::IAM::Policy',
  );
  return Object.values(policies)
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Action: string; Resource: unknown }[])
    .filter(({ Action }) => JSON.stringify(Action).includes('bedrock'));
}

describe('a language model', () => {
  it('may not be asked unless one was named', () => {
    expect(allowed()).toEqual([]);
  });

  it('may be asked by one step, and no other model', () => {
    const [statement, ...others] = allowed('eu.amazon.nova-lite-v1:0') as { Action: string; Resource: unknown }[];
    expect(others).toEqual([]);
    expect(statement?.Action).toBe('bedrock:InvokeModel');
    const resources = JSON.stringify(statement?.Resource);
    expect(resources).toContain(':bedrock:*::foundation-model/amazon.nova-lite-v1:0');
    expect(resources).toContain(':inference-profile/eu.amazon.nova-lite-v1:0');
    expect(resources).not.toContain('foundation-model/*');
  });
});
