import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/** A model of Amazon Bedrock that may be asked: by the id of the model, or of an inference profile (`eu.amazon.nova-lite-v1:0`). */
export class LanguageModel extends Construct implements Resource {
  private readonly modelId: string;

  constructor(scope: Construct, id: string, modelId: string) {
    super(scope, id);
    this.modelId = modelId;
  }

  grantTo(step: Step): void {
    // A profile sends each call to the model behind it, in whichever region has room.
    const model = this.modelId.replace(/^(?:us|eu|apac|jp|au|ca|global)\./, '');
    const { partition, account } = Stack.of(this);
    step.allow(
      ['bedrock:InvokeModel'],
      [
        `arn:${partition}:bedrock:*::foundation-model/${model}`,
        `arn:${partition}:bedrock:*:${account}:inference-profile/${this.modelId}`,
      ],
    );
  }
}
