import { randomUUID } from 'node:crypto';
import { json, type ServiceHandler } from './backplane.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Meter } from './meter.ts';
import { matches } from './pattern.ts';

/** An event as the bus carries it. */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** A rule of the template: which events of which bus go where. */
export interface BusRule {
  bus: string;
  pattern: unknown;
  targets: ((event: BusEvent) => void)[];
}

interface Entry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  Resources?: string[];
}

const amzJson = 'application/x-amz-json-1.1';

/** EventBridge's PutEvents: answers once every event is with all targets whose rule matches. */
export function eventBus(
  rules: readonly BusRule[],
  clock: Clock,
  faults: Faults,
  meter: Meter,
  onEvent: (event: BusEvent) => void,
): ServiceHandler {
  const accept = (entry: Entry): { EventId?: string; ErrorCode?: string; ErrorMessage?: string } => {
    if (faults.strike('bus', ['error', 'throttle'])) {
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'made on purpose' };
    }
    const event: BusEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': entry.DetailType ?? '',
      source: entry.Source ?? '',
      account: '000000000000',
      time: clock.now().toISOString(),
      region: 'us-east-1',
      resources: entry.Resources ?? [],
      detail: JSON.parse(entry.Detail ?? '{}') as Record<string, unknown>,
    };
    const bus = (entry.EventBusName ?? 'default').split('/').at(-1);
    const times = faults.strike('bus', ['duplicate']) ? 2 : 1;
    for (const { targets } of rules.filter((rule) => rule.bus === bus && matches(rule.pattern, event))) {
      for (let time = 0; time < times; time += 1) for (const target of targets) target(event);
    }
    meter.count('busEvents', Math.max(1, Math.ceil((entry.Detail?.length ?? 0) / 65_536)));
    onEvent(event);
    return { EventId: event.id };
  };

  return async (headers, body) => {
    if (!headers['x-amz-target']?.endsWith('PutEvents')) {
      return json(400, { __type: 'UnknownOperationException', message: 'only PutEvents' }, amzJson);
    }
    const { Entries = [] } = JSON.parse(body.toString('utf8')) as { Entries?: Entry[] };
    const answers = Entries.map(accept);
    const FailedEntryCount = answers.filter(({ ErrorCode }) => ErrorCode).length;
    return json(200, { FailedEntryCount, Entries: answers }, amzJson);
  };
}
