import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/** Amazon Transcribe: jobs of ours, by their names. Costs nothing until an admin switches it on. */
export class Transcription extends Construct implements Resource {
  grantTo(step: Step): void {
    const jobs = Stack.of(this).formatArn({
      service: 'transcribe',
      resource: 'transcription-job',
      resourceName: 'leadkeeper-*',
    });
    step.allow(['transcribe:StartTranscriptionJob', 'transcribe:GetTranscriptionJob'], [jobs]);
  }
}
