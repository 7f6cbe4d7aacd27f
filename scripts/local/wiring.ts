import type { BusEvent, BusRule } from './bus.ts';
import type { Cors } from './cors.ts';
import type { LocalFunction } from './functions.ts';
import type { ApiRoute } from './http-api.ts';
import { nameOf } from './identities.ts';
import type { MeteredIndex } from './meter.ts';
import type { QueueMapping, QueueSpec } from './queues.ts';
import type { ScheduleSpec } from './schedules.ts';
import type { SecretSpec } from './secrets.ts';
import type { StreamMapping } from './streams.ts';
import type { Resource, Template } from './template.ts';

/** What the template says is connected to what, in the runtime's own terms. Nothing here is decided: all of it is read. */

type Json = Record<string, unknown>;
type FunctionOf = (refOrArn: string) => LocalFunction;

const properties = (template: Template, resource: Resource): Json => template.resolve(resource.properties) as Json;

/** The queues, with what makes them redrive and hide messages. */
export const queueSpecs = (template: Template): QueueSpec[] =>
  template.ofType('AWS::SQS::Queue').map((resource) => {
    const of = properties(template, resource);
    const attributes: Record<string, string> = {};
    for (const name of [
      'VisibilityTimeout',
      'DelaySeconds',
      'MessageRetentionPeriod',
      'ReceiveMessageWaitTimeSeconds',
    ]) {
      if (of[name] !== undefined) attributes[name] = String(of[name]);
    }
    if (of.RedrivePolicy) attributes.RedrivePolicy = JSON.stringify(of.RedrivePolicy);
    return { name: nameOf(resource, template.resolve), attributes };
  });

/** The buckets. */
export const bucketNames = (template: Template): string[] =>
  template.ofType('AWS::S3::Bucket').map((resource) => template.identityOf(resource).ref);

/** The rules of the buses, each target a queue or a function. */
export function busRules(
  template: Template,
  send: (queue: string, body: string) => void,
  functionOf: FunctionOf,
): BusRule[] {
  return template.ofType('AWS::Events::Rule').flatMap((resource) => {
    const of = properties(template, resource) as {
      EventBusName?: string;
      EventPattern?: unknown;
      State?: string;
      Targets?: { Arn: string }[];
    };
    if (!of.EventPattern || of.State === 'DISABLED') return [];
    const targets = (of.Targets ?? []).map(({ Arn }) => {
      const target = template.named(Arn);
      if (target?.type === 'AWS::SQS::Queue') {
        const queue = nameOf(target, template.resolve);
        return (event: BusEvent) => send(queue, JSON.stringify(event));
      }
      const invoked = functionOf(Arn);
      return (event: BusEvent) => void invoked.invoke(event).catch(() => undefined);
    });
    return [{ bus: (of.EventBusName ?? 'default').split('/').at(-1) ?? '', pattern: of.EventPattern, targets }];
  });
}

interface Mapping {
  EventSourceArn: string;
  FunctionName: string;
  BatchSize?: number;
  Enabled?: boolean;
  FunctionResponseTypes?: string[];
  FilterCriteria?: { Filters?: { Pattern: string }[] };
  ScalingConfig?: { MaximumConcurrency?: number };
}

const mappings = (template: Template): Mapping[] =>
  template
    .ofType('AWS::Lambda::EventSourceMapping')
    .map((resource) => properties(template, resource) as unknown as Mapping)
    .filter(({ Enabled }) => Enabled !== false);

const reports = ({ FunctionResponseTypes = [] }: Mapping): boolean =>
  FunctionResponseTypes.includes('ReportBatchItemFailures');

/** Which queues wake which functions. */
export function queueMappings(template: Template, functionOf: FunctionOf, concurrency: number): QueueMapping[] {
  return mappings(template).flatMap((mapping) => {
    const source = template.named(mapping.EventSourceArn);
    if (source?.type !== 'AWS::SQS::Queue') return [];
    return [
      {
        queue: nameOf(source, template.resolve),
        queueArn: mapping.EventSourceArn,
        target: functionOf(mapping.FunctionName),
        batchSize: mapping.BatchSize ?? 10,
        reportsFailures: reports(mapping),
        concurrency: Math.min(concurrency, mapping.ScalingConfig?.MaximumConcurrency ?? concurrency),
      },
    ];
  });
}

/** Which tables' streams wake which functions. `streams` gives the real ARN of a table's stream. */
export function streamMappings(
  template: Template,
  functionOf: FunctionOf,
  streams: Map<string, string>,
): StreamMapping[] {
  return mappings(template).flatMap((mapping) => {
    const source = template.named(mapping.EventSourceArn);
    if (source?.type !== 'AWS::DynamoDB::Table') return [];
    const table = nameOf(source, template.resolve);
    return [
      {
        table,
        streamArn: streams.get(table) ?? '',
        target: functionOf(mapping.FunctionName),
        batchSize: mapping.BatchSize ?? 100,
        patterns: (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern) as unknown),
        reportsFailures: reports(mapping),
      },
    ];
  });
}

/** The routes of the HTTP API, each with the function behind its integration. */
export function apiRoutes(template: Template, functionOf: FunctionOf): ApiRoute[] {
  const integrations = new Map(
    template.ofType('AWS::ApiGatewayV2::Integration').map((resource) => [resource.id, properties(template, resource)]),
  );
  return template.ofType('AWS::ApiGatewayV2::Route').map((resource) => {
    const { RouteKey, Target } = properties(template, resource) as { RouteKey: string; Target: string };
    const integration = integrations.get(Target.split('/').at(-1) ?? '');
    return { key: RouteKey, target: functionOf(String(integration?.IntegrationUri)) };
  });
}

/** What pages of other origins may do at the HTTP API. */
export const apiCors = (template: Template): Cors | undefined =>
  template
    .ofType('AWS::ApiGatewayV2::Api')
    .map((resource) => properties(template, resource).CorsConfiguration as Cors | undefined)[0];

/** The schedules. */
export function scheduleSpecs(template: Template, functionOf: FunctionOf): ScheduleSpec[] {
  return template.ofType('AWS::Scheduler::Schedule').flatMap((resource) => {
    const of = properties(template, resource) as {
      Name?: string;
      ScheduleExpression: string;
      ScheduleExpressionTimezone?: string;
      State?: string;
      Target: { Arn: string; Input?: string };
    };
    if (of.State === 'DISABLED') return [];
    return [
      {
        name: of.Name ?? resource.id,
        expression: of.ScheduleExpression,
        zone: of.ScheduleExpressionTimezone ?? 'Etc/UTC',
        input: of.Target.Input ?? '{}',
        target: functionOf(of.Target.Arn),
      },
    ];
  });
}

/** The secrets, and how those are made that the template generates. */
export const secretSpecs = (template: Template): SecretSpec[] =>
  template.ofType('AWS::SecretsManager::Secret').map((resource) => {
    const of = properties(template, resource);
    return {
      arn: template.identityOf(resource).ref,
      name: nameOf(resource, template.resolve),
      generate: of.GenerateSecretString as SecretSpec['generate'],
      value: of.SecretString as string | undefined,
    };
  });

/** The indexes of the tables, as the meter needs them. */
export function meteredIndexes(template: Template): Map<string, MeteredIndex[]> {
  return new Map(
    template.ofType('AWS::DynamoDB::Table').map((resource) => {
      const of = properties(template, resource) as {
        KeySchema: { AttributeName: string }[];
        GlobalSecondaryIndexes?: {
          KeySchema: { AttributeName: string }[];
          Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
        }[];
      };
      const own = of.KeySchema.map(({ AttributeName }) => AttributeName);
      const indexes = (of.GlobalSecondaryIndexes ?? []).map(({ KeySchema, Projection }) => {
        const keys = KeySchema.map(({ AttributeName }) => AttributeName);
        const all = Projection.ProjectionType === 'ALL';
        return { keys, projected: all ? undefined : [...own, ...keys, ...(Projection.NonKeyAttributes ?? [])] };
      });
      return [nameOf(resource, template.resolve), indexes];
    }),
  );
}
