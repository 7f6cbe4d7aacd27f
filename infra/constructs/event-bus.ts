import { EventBus as Bus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Resource, Step } from './step.ts';

/** The bus on which the steps hear of what happened. */
export class EventBus extends Construct implements Resource {
  readonly bus: Bus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bus = new Bus(this, 'Events');
  }

  grantTo(step: Step): void {
    step.tell('BUS_NAME', this.bus.eventBusName);
    step.allow(['events:PutEvents'], [this.bus.eventBusArn]);
  }
}
