import type { Context, SQSEvent } from 'aws-lambda';
import type { AnyEventContract, EventOf } from '../events/contract.ts';
import { emptyChain } from '../shared/audit/record.ts';
import type { Form } from '../shared/lead/form.ts';
import type { Lead } from '../shared/lead/lead.ts';
import { create } from '../shared/lead/store.ts';
import type { RepStatus } from '../shared/org/rep.ts';
import { hear } from '../shared/org/staff/store.ts';
import { saveSettings } from '../shared/org/store.ts';
import { commit } from '../shared/platform/commit.ts';
import { newId } from '../shared/platform/random.ts';
import type { Table } from '../shared/platform/table.ts';
import type { RepSeen, RoutingInputs, TerritorySeen } from '../shared/routing/inputs.ts';
import { decisionRules, defaultRoutingRules } from '../shared/routing/rules.ts';
import { startClock } from '../shared/sla/clock.ts';
import { publishTerritories } from '../shared/territory/store.ts';
import type { Territory } from '../shared/territory/territory.ts';

/** Named pasts that tests begin from. */

export const monday = new Date('2026-11-02T02:00:00.000Z');

/** The middle of {@link square}. */
export const inSquare = { lng: 120.5, lat: 31.5 };

/** A territory of one degree by one, served by these reps. */
export const square = (repIds: string[], territoryId = 'square'): Territory => ({
  territoryId,
  name: territoryId,
  repIds,
  bufferMetres: 0,
  priority: 0,
  geometry: [
    [
      [
        [120, 31],
        [121, 31],
        [121, 32],
        [120, 32],
        [120, 31],
      ],
    ],
  ],
});

/** An active rep with room, as a decision sees them. */
export const anyRep = (repId: string, but: Partial<RepSeen> = {}): RepSeen => ({
  repId,
  name: repId,
  status: 'active',
  productLines: [],
  capacity: 100,
  openLeads: 0,
  weight: 1,
  turns: 0,
  taken: { day: 0, week: 0, month: 0, good: 0 },
  ...but,
});

/** A decision on monday about a lead graded B, with nobody and nowhere, by the built-in rules. */
export const anyInputs = (
  but: Omit<Partial<RoutingInputs>, 'rules'> & { rules?: Partial<RoutingInputs['rules']> } = {},
): RoutingInputs => ({
  leadId: 'lead',
  at: monday.toISOString(),
  grade: 'B',
  territories: [],
  reps: [],
  priors: {},
  ...but,
  rules: { ...decisionRules(defaultRoutingRules), ...but.rules },
});

/** A territory with these reps around the lead. */
export const around = (...repIds: string[]): TerritorySeen[] => [
  { territoryId: 'around', repIds, inside: true, insideBuffer: false, metresToBoundary: 500, by: 'point' },
];

export const anyForm: Form = { contact: { phone: '+8613800138000' }, source: { channel: 'web' } };

/** A lead that came in on monday and was graded B, in the middle of the square. */
export function scoredLead(leadId = newId(monday), but: Partial<Lead> = {}): Lead {
  const lead = {
    leadId,
    status: 'scored',
    receivedAt: monday.toISOString(),
    source: { channel: 'web' },
    point: inSquare,
    version: 1,
    score: { value: 50, grade: 'B', points: [], version: 1 },
    sla: startClock(monday, { supervisorMs: 7_200_000, exceptionMs: 14_400_000 }),
    stage: { name: 'first-contact', since: monday.toISOString() },
    attempts: 0,
    audit: emptyChain(leadId),
    ...but,
  };
  return lead as Lead;
}

/** Stores leads as they are. */
export async function leadsExist(table: Table, ...leads: Lead[]): Promise<void> {
  for (const lead of leads) await commit(table, create(lead, anyForm));
}

/** Puts people on the roster. */
export async function repsExist(table: Table, ...reps: RepSeen[]): Promise<void> {
  for (const { repId, name, status, teamId, hiredAt, productLines, capacity, weight, caps, shifts } of reps) {
    const row = { employeeId: repId, name, status, ...(teamId ? { teamId } : {}), ...(hiredAt ? { hiredAt } : {}) };
    await hear(table, 'hr', row, monday, 'Asia/Shanghai');
    const more = { ...(caps ? { caps } : {}), ...(shifts ? { shifts } : {}) };
    await commit(table, [saveSettings(repId, { productLines, capacity, weight, ...more })]);
  }
}

/** HR says a status of somebody on the roster. */
export async function hrSays(table: Table, repId: string, status: RepStatus): Promise<void> {
  await hear(table, 'hr', { employeeId: repId, status }, monday, 'Asia/Shanghai');
}

/** Does something the nth time that a transaction is about to be written; gives what takes that back. */
export function beforeCommit(table: Table, nth: number, act: () => Promise<void>): () => void {
  let count = 0;
  const { middlewareStack } = table.client;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName?.startsWith('TransactWrite')) {
          count += 1;
          if (count === nth) await act();
        }
        return next(args);
      },
    { step: 'initialize', name: 'beforeCommit', override: true },
  );
  return () => middlewareStack.remove('beforeCommit');
}

/** Has the first call of this kind done, and its answer lost, so that the SDK makes it again; gives what takes that back. */
export function losingAnswer(table: Table, command: 'PutCommand' | 'UpdateCommand'): () => void {
  let lost = false;
  const { middlewareStack } = table.client;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (lost || commandName !== command.replace('Command', 'ItemCommand')) return answer;
        lost = true;
        throw Object.assign(new Error('the answer is lost'), { name: 'TimeoutError' });
      },
    { step: 'deserialize', priority: 'low', name: 'losingAnswer', override: true },
  );
  return () => middlewareStack.remove('losingAnswer');
}

/** Publishes territories over whatever there was. */
export async function territoriesAre(table: Table, seen: number, ...territories: Territory[]): Promise<void> {
  await publishTerritories(table, seen, territories, newId(monday), monday);
}

/** What a queue hands a function: each event as a message of its own, as the bus wraps it. */
export function messages<C extends AnyEventContract>(contract: C, ...details: EventOf<C>[]): SQSEvent {
  return rawMessages(...details.map((detail) => JSON.stringify({ 'detail-type': contract.type, detail })));
}

/** Messages with these bodies. */
export const rawMessages = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, at) => ({
    messageId: `message-${at}-${newId(new Date())}`,
    receiptHandle: `receipt-${at}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:test',
    awsRegion: 'us-east-1',
  })),
});

export const context: Context = {
  awsRequestId: 'request',
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
  memoryLimitInMB: '128',
  logGroupName: 'test',
  logStreamName: 'test',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 30_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
