import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../events/index.ts';
import { appraisal } from '../../functions/api/groups/appraisal.ts';
import { map } from '../../functions/api/groups/map.ts';
import { people } from '../../functions/api/groups/people.ts';
import { reports } from '../../functions/api/groups/reports.ts';
import { settings } from '../../functions/api/groups/settings.ts';
import { chooseRoute } from '../../scripts/local/http-api.ts';
import { matches } from '../../scripts/local/pattern.ts';
import { indexes } from '../../shared/platform/table.ts';
import { synthesized } from '../synthesized.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: Record<string, string>;
  DeletionPolicy?: string;
}
type Statement = { Action: string | string[]; Resource?: unknown; NotResource?: unknown; Effect: string };

let resources: [string, Resource][] = [];
const all = (type: string) => resources.filter(([, { Type }]) => Type === type);
const of = <T>(resource: Resource) => resource.Properties as T;
/** The logical id that a `Fn::GetAtt` or `Ref` names. */
const named = (value: unknown): string => {
  const { 'Fn::GetAtt': attribute, Ref } = value as { 'Fn::GetAtt'?: [string, string]; Ref?: string };
  return attribute?.[0] ?? Ref ?? '';
};
const stepOf = (logicalId: string): string => {
  const [, resource] = resources.find(([id]) => id === logicalId) ?? [];
  const { Environment } = of<{ Environment: { Variables: Record<string, string> } }>(
    resource ?? { Type: '', Properties: {} },
  );
  return Environment.Variables.POWERTOOLS_SERVICE_NAME ?? '';
};

let assembly: string;

beforeAll(async () => {
  assembly = await synthesized();
  const template = JSON.parse(readFileSync(join(assembly, 'Leadkeeper.template.json'), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  resources = Object.entries(template.Resources);
});

const queues = () =>
  all('AWS::SQS::Queue').map(([id, resource]) => ({
    id,
    ...of<{
      VisibilityTimeout: number;
      RedrivePolicy?: { deadLetterTargetArn: unknown; maxReceiveCount: number };
      SqsManagedSseEnabled: boolean;
    }>(resource),
  }));
const functions = () =>
  all('AWS::Lambda::Function').map(([id, resource]) => ({
    id,
    ...of<{
      Runtime: string;
      Architectures: string[];
      Timeout: number;
      LoggingConfig: { LogGroup: unknown };
      Role: unknown;
      Environment: { Variables: Record<string, unknown> };
    }>(resource),
  }));
const mappings = () =>
  all('AWS::Lambda::EventSourceMapping').map(([, resource]) =>
    of<{ EventSourceArn: unknown; FunctionName: unknown; FunctionResponseTypes?: string[] }>(resource),
  );
const statements = () =>
  all('AWS::IAM::Policy').flatMap(
    ([, resource]) => of<{ PolicyDocument: { Statement: Statement[] } }>(resource).PolicyDocument.Statement,
  );

describe('the template', () => {
  it('gives every queue dead letters, encryption and an alarm', () => {
    const deadLetters = new Set(
      queues().map(({ RedrivePolicy }) => RedrivePolicy && named(RedrivePolicy.deadLetterTargetArn)),
    );
    const watched = new Set(
      all('AWS::CloudWatch::Alarm').flatMap(([, alarm]) =>
        of<{ Dimensions: { Value: unknown }[] }>(alarm).Dimensions.map(({ Value }) => named(Value)),
      ),
    );
    expect(queues().length).toBeGreaterThanOrEqual(8);
    for (const { id, RedrivePolicy, SqsManagedSseEnabled } of queues()) {
      expect(RedrivePolicy !== undefined || deadLetters.has(id), id).toBe(true);
      expect(SqsManagedSseEnabled, id).toBe(true);
      expect(watched.has(id), id).toBe(true);
    }
  });

  it('has every queue’s dead letters taken up', () => {
    const consumed = new Set(mappings().map(({ EventSourceArn }) => named(EventSourceArn)));
    for (const { id } of queues()) expect(consumed.has(id), id).toBe(true);
  });

  it('hides a message for at least six times as long as the function may take', () => {
    const timeouts = new Map(functions().map(({ id, Timeout }) => [id, Timeout]));
    const visible = new Map(queues().map(({ id, VisibilityTimeout }) => [id, VisibilityTimeout]));
    const pairs = mappings().filter(({ EventSourceArn }) => visible.has(named(EventSourceArn)));
    expect(pairs.length).toBeGreaterThan(0);
    for (const { EventSourceArn, FunctionName } of pairs) {
      expect(visible.get(named(EventSourceArn))).toBeGreaterThanOrEqual(
        6 * (timeouts.get(named(FunctionName)) ?? Number.POSITIVE_INFINITY),
      );
    }
  });

  it('lets a batch fail in part, wherever there are batches', () => {
    for (const { FunctionResponseTypes } of mappings())
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('wakes the relay by what was committed to the outbox and by what rides in an item, and by nothing else', () => {
    const criteria = all('AWS::Lambda::EventSourceMapping').flatMap(
      ([, resource]) =>
        of<{ FilterCriteria?: { Filters: { Pattern: string }[] } }>(resource).FilterCriteria?.Filters ?? [],
    );
    const patterns = criteria.map(({ Pattern }) => JSON.parse(Pattern) as unknown);
    const wakes = (record: object) => patterns.some((pattern) => matches(pattern, record));
    const written = (eventName: string, sk: string, more: object = {}) => ({
      eventName,
      dynamodb: { Keys: { sk: { S: sk } }, NewImage: { sk: { S: sk }, ...more } },
    });
    const rides = { event: { M: { eventId: { S: '01' } } } };
    expect(wakes(written('INSERT', 'EVENT#1'))).toBe(true);
    expect(wakes(written('INSERT', 'FORM', rides))).toBe(true);
    expect(wakes(written('MODIFY', 'LEAD', rides))).toBe(true);
    expect(wakes(written('INSERT', 'LEAD'))).toBe(false);
    expect(wakes(written('MODIFY', 'REP'))).toBe(false);
  });

  it('allows no scan, and no action by wildcard', () => {
    const actions = statements().flatMap(({ Action }) => [Action].flat());
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) {
      expect(action).not.toBe('dynamodb:Scan');
      expect(action).not.toContain('*');
    }
  });

  it('allows nothing on every resource, but texting any number and listing streams, which know no narrower one', () => {
    for (const { Resource: on, NotResource, Action } of statements()) {
      if (NotResource !== undefined) expect(Action).toBe('sns:Publish');
      else if (on === '*') expect(Action).toBe('dynamodb:ListStreams');
    }
  });

  it('lets each step touch only what the map says', () => {
    const may = new Map<string, Set<string>>();
    for (const [, policy] of all('AWS::IAM::Policy')) {
      const { PolicyDocument, Roles } = of<{ PolicyDocument: { Statement: Statement[] }; Roles: { Ref: string }[] }>(
        policy,
      );
      const owner = functions().find(({ Role }) => named(Role) === Roles[0]?.Ref);
      if (!owner) continue;
      const granted = PolicyDocument.Statement.flatMap(({ Action, Resource: on }) => {
        const byIndex = [...JSON.stringify(on ?? '').matchAll(/index\/(\w+)/g)].map(([, index]) => index);
        return byIndex.length > 0 ? byIndex.map((index) => `${Action} ${index}`) : [Action].flat();
      });
      may.set(stepOf(owner.id), new Set(granted));
    }
    const table = ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`);
    const queue = [
      'ChangeMessageVisibility',
      'DeleteMessage',
      'GetQueueAttributes',
      'GetQueueUrl',
      'ReceiveMessage',
    ].map((action) => `sqs:${action}`);
    const stream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
      (action) => `dynamodb:${action}`,
    );
    const found = (...names: string[]) => names.map((index) => `dynamodb:Query ${index}`);
    const secret = 'secretsmanager:GetSecretValue';
    const files = ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject'].map((action) => `s3:${action}`);
    expect(Object.fromEntries(may)).toEqual({
      intake: new Set([...table, ...found('byList'), ...queue, 'sqs:SendMessage', secret]),
      imports: new Set([...table, ...files]),
      duplicates: new Set([...table, ...queue]),
      relay: new Set([...stream, 'dynamodb:PutItem', 'events:PutEvents']),
      scoring: new Set([...table, ...queue, secret]),
      behavior: new Set([...table, secret]),
      assignment: new Set([...table, ...queue, 's3:GetObject']),
      notification: new Set([
        ...table,
        ...queue,
        ...found('byDue', 'byList', 'byOwner'),
        secret,
        'sns:Publish',
        'ses:SendEmail',
      ]),
      surveys: new Set([...table]),
      ranking: new Set([...table, ...queue, ...found('byList')]),
      escalation: new Set([...table, ...found('byDue', 'byList')]),
      'hr-sync': new Set([...table, secret, ...files]),
      handover: new Set([...table, ...queue, ...found('byOwner', 'byList'), 's3:GetObject']),
      audit: new Set([...table, ...found('byList')]),
      learning: new Set([...table, ...found('byList')]),
      scim: new Set([...table, ...found('byList'), secret]),
      directory: new Set([...table, ...queue, secret]),
      chat: new Set([...table, ...queue, secret]),
      transcription: new Set([
        ...table,
        ...queue,
        's3:GetObject',
        's3:PutObject',
        's3:ListBucket',
        'transcribe:StartTranscriptionJob',
        'transcribe:GetTranscriptionJob',
      ]),
      understanding: new Set([...table, ...queue]),
      breaker: new Set([...table, ...queue]),
      'dead-letters': new Set([...table, ...queue]),
      erasure: new Set([
        ...table,
        ...queue,
        ...found('byList', 'byDue'),
        'dynamodb:DeleteItem',
        's3:GetObject',
        's3:ListBucket',
        's3:DeleteObject',
      ]),
      api: new Set([...table, ...found('byList', 'byOwner'), secret, 's3:GetObject', 's3:PutObject', 's3:ListBucket']),
      'api-appraisal': new Set([...table, ...found('byList', 'byOwner'), secret]),
      'api-settings': new Set([...table, ...found('byList', 'byOwner'), ...files]),
      'api-map': new Set([...table, ...found('byList', 'byOwner'), secret, 's3:GetObject', 's3:PutObject']),
      'api-reports': new Set([...table, ...found('byList', 'byOwner')]),
    });
  });

  it('has the indexes that the stores ask: keys, and how customers of a company are called', () => {
    const [[, table]] = all('AWS::DynamoDB::Table') as [[string, Resource]];
    const { GlobalSecondaryIndexes } = of<{
      GlobalSecondaryIndexes: { IndexName: string; KeySchema: { AttributeName: string }[]; Projection: unknown }[];
    }>(table);
    const declared = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: [partition, sort], Projection }) => {
      expect(Projection).toEqual(
        IndexName === 'byList'
          ? { ProjectionType: 'INCLUDE', NonKeyAttributes: ['called'] }
          : { ProjectionType: 'KEYS_ONLY' },
      );
      return { name: IndexName, partition: partition?.AttributeName, sort: sort?.AttributeName };
    });
    expect(declared).toHaveLength(Object.keys(indexes).length);
    expect(declared).toEqual(expect.arrayContaining(Object.values(indexes)));
  });

  it('rings when events are not published, and when scheduled runs keep failing', () => {
    const alarms = all('AWS::CloudWatch::Alarm').flatMap(([, alarm]) => {
      const { MetricName, Threshold, Dimensions } = of<{
        MetricName: string;
        Threshold: number;
        Dimensions: { Name: string; Value: unknown }[];
      }>(alarm);
      const [dimension] = Dimensions;
      return dimension?.Name === 'FunctionName' ? [[stepOf(named(dimension.Value)), MetricName, Threshold]] : [];
    });
    expect(alarms).toEqual([
      ['imports', 'Errors', 2],
      ['relay', 'IteratorAge', 300_000],
      ['notification', 'Errors', 2],
      ['surveys', 'Errors', 2],
      ['escalation', 'Errors', 2],
      ['hr-sync', 'Errors', 2],
      ['handover', 'Errors', 2],
      ['breaker', 'Errors', 2],
      ['audit', 'Errors', 2],
      ['learning', 'Errors', 2],
    ]);
  });

  it('runs every function on Node 24, arm64, with source maps and a log group that forgets', () => {
    const kept = new Map(
      all('AWS::Logs::LogGroup').map(([id, group]) => [id, of<{ RetentionInDays: number }>(group).RetentionInDays]),
    );
    expect(
      functions()
        .map(({ id }) => stepOf(id))
        .sort(),
    ).toEqual([
      'api',
      'api-appraisal',
      'api-map',
      'api-reports',
      'api-settings',
      'assignment',
      'audit',
      'behavior',
      'breaker',
      'chat',
      'console',
      'dead-letters',
      'directory',
      'duplicates',
      'erasure',
      'escalation',
      'handover',
      'hr-sync',
      'imports',
      'intake',
      'learning',
      'notification',
      'ranking',
      'relay',
      'scim',
      'scoring',
      'surveys',
      'transcription',
      'understanding',
    ]);
    for (const { Runtime, Architectures, Environment, LoggingConfig } of functions()) {
      expect(Runtime).toBe('nodejs24.x');
      expect(Architectures).toEqual(['arm64']);
      expect(Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps');
      expect(kept.get(named(LoggingConfig.LogGroup))).toBe(30);
    }
  });

  it('bundles every function with its source map in at most 1 MB, what it brings included', () => {
    for (const [id, { Metadata }] of all('AWS::Lambda::Function')) {
      const folder = join(assembly, Metadata?.['aws:asset:path'] ?? '');
      const brings = ['api-reports', 'console'].includes(stepOf(id)) ? ['built'] : [];
      const packages = stepOf(id) === 'understanding' ? ['later', 'node_modules'] : [];
      expect(readdirSync(folder).sort()).toEqual([...brings, 'index.mjs', 'index.mjs.map', ...packages]);
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (name) => !name.endsWith('.map') && !name.startsWith('node_modules'),
      );
      const bytes = files.map((name) => statSync(join(folder, name))).reduce((sum, { size }) => sum + size, 0);
      expect(bytes).toBeLessThanOrEqual(1_000_000);
    }
  });

  it('gives the SDK for language models a file of its own, which is loaded only where one is asked', () => {
    const [found] = all('AWS::Lambda::Function').filter(([id]) => stepOf(id) === 'understanding');
    const folder = join(assembly, found?.[1].Metadata?.['aws:asset:path'] ?? '');
    const holds = (file: string) => readFileSync(join(folder, file), 'utf8').includes('com.amazonaws.bedrockruntime');
    expect(holds('index.mjs')).toBe(false);
    expect(readdirSync(join(folder, 'later')).some((file) => holds(`later/${file}`))).toBe(true);
  });

  it('gives whoever understands conversations what cuts Chinese into words, for any processor, and nobody else', () => {
    const [found] = all('AWS::Lambda::Function').filter(([id]) => stepOf(id) === 'understanding');
    const folder = join(assembly, found?.[1].Metadata?.['aws:asset:path'] ?? '', 'node_modules');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual([
      'jieba_rs_wasm.d.ts',
      'jieba_rs_wasm.js',
      'jieba_rs_wasm_bg.wasm',
      'jieba_rs_wasm_bg.wasm.d.ts',
      'package.json',
    ]);
    const bytes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(5_000_000);
  });

  it('keeps the table: point-in-time recovery, a stream, encryption, and no deletion by accident', () => {
    const [[, table]] = all('AWS::DynamoDB::Table') as [[string, Resource]];
    expect(table.Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(table.DeletionPolicy).toBe('Retain');
  });

  it('wakes each step by the events that it lives on, and by no others', () => {
    const routed = all('AWS::Events::Rule').flatMap(([, rule]) => {
      const { EventPattern, Targets } = of<{
        EventPattern: { source: string[]; 'detail-type': string[] };
        Targets: { Arn: unknown }[];
      }>(rule);
      expect(EventPattern.source).toEqual(['leadkeeper']);
      return Targets.map(({ Arn }) => {
        const mapping = mappings().find(({ EventSourceArn }) => named(EventSourceArn) === named(Arn));
        return [stepOf(named(mapping?.FunctionName)), EventPattern['detail-type']] as const;
      });
    });
    expect(Object.fromEntries(routed)).toEqual({
      intake: ['LeadReferenceReceived', 'ImportPartReceived', 'RetakeAsked'],
      duplicates: ['LeadDuplicated', 'LeadUnmerged'],
      scoring: ['LeadReceived', 'LeadAccepted'],
      assignment: ['LeadScored', 'LeadReleased'],
      notification: [
        'LeadAssigned',
        'LeadReleased',
        'LeadPooled',
        'LeadRescored',
        'LeadTouched',
        'CallWished',
        'LeadReminded',
        'LeadOverdue',
        'LeadMissed',
        'StageMoved',
        'DealStuck',
        'TaskReminded',
        'TaskOverdue',
        'LeadSentToManual',
        'BreakerOpened',
        'BreakerClosed',
        'LeadsHandedOver',
        'HrPushHeld',
        'RosterMissing',
        'LeadsStranded',
        'LeadsUnaccounted',
        'HolidaysUnknown',
        'MessageQuarantined',
        'SurveyAsked',
        'FeedbackAsked',
        'CycleClosed',
        'AppealFiled',
        'AppealAnswered',
        'ChannelDue',
      ],
      ranking: ['RankingAsked'],
      directory: ['DirectoryMemberChanged'],
      chat: ['ThreadHeard'],
      transcription: ['TranscriptionAsked'],
      understanding: ['MessagesAdded'],
      breaker: ['AssignmentFailed', 'LeadSentToManual', 'BreakerTried', 'BreakerClosed'],
      handover: ['RepFrozen', 'RepAway', 'RepMoved', 'TerritoriesPublished', 'RepLostTerritory'],
      erasure: ['PersonErasureAsked'],
    });
    const known = catalogue.map(({ type }) => type);
    for (const [, types] of routed) for (const type of types) expect(known).toContain(type);
  });

  it('looks at deadlines each minute, at the roster and who hands over after midnight in Shanghai, and seals each day (UTC)', () => {
    const schedules = all('AWS::Scheduler::Schedule').map(([, schedule]) => of<Record<string, unknown>>(schedule));
    expect(schedules).toEqual([
      expect.objectContaining({ Name: 'imports', ScheduleExpression: 'rate(5 minutes)' }),
      expect.objectContaining({
        Name: 'digest',
        ScheduleExpression: 'cron(0 8 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
      expect.objectContaining({
        Name: 'weekly-review',
        ScheduleExpression: 'cron(30 8 ? * MON *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
      expect.objectContaining({
        Name: 'surveys',
        ScheduleExpression: 'cron(0 10 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
      expect.objectContaining({
        Name: 'escalation',
        ScheduleExpression: 'rate(1 minute)',
        Target: expect.objectContaining({
          Input: '{"schedule":"escalation","scheduledTime":"<aws.scheduler.scheduled-time>"}',
        }),
      }),
      expect.objectContaining({
        Name: 'hr-sync',
        ScheduleExpression: 'cron(30 0 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
      expect.objectContaining({
        Name: 'hr-roster-check',
        ScheduleExpression: 'cron(0 6 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
      expect.objectContaining({
        Name: 'handover',
        ScheduleExpression: 'cron(45 0 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
      expect.objectContaining({ Name: 'breaker', ScheduleExpression: 'rate(5 minutes)' }),
      expect.objectContaining({
        Name: 'audit',
        ScheduleExpression: 'cron(10 0 * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
      }),
      expect.objectContaining({
        Name: 'learning',
        ScheduleExpression: 'cron(20 1 * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Shanghai',
      }),
    ]);
  });

  it('lets pages of other origins post with a source’s key, and never with a person’s token', () => {
    const apis = all('AWS::ApiGatewayV2::Api').map(([, api]) => of<{ CorsConfiguration: object }>(api));
    const AllowHeaders = ['content-type', 'x-api-key', 'idempotency-key'];
    const cors = { AllowOrigins: ['*'], AllowMethods: ['POST'], AllowHeaders };
    expect(apis).toEqual([expect.objectContaining({ CorsConfiguration: expect.objectContaining(cors) })]);
    expect(apis[0]?.CorsConfiguration).not.toHaveProperty('AllowCredentials');
  });

  it('answers leads, rosters, providers, directories and everything else at one address', () => {
    const keys = all('AWS::ApiGatewayV2::Route').map(([, route]) => of<{ RouteKey: string }>(route).RouteKey);
    expect(keys.sort()).toEqual([
      '$default',
      'ANY /audit',
      'ANY /audit/{proxy+}',
      'ANY /breakers',
      'ANY /breakers/{proxy+}',
      'ANY /config',
      'ANY /config/{proxy+}',
      'ANY /cycles',
      'ANY /cycles/{proxy+}',
      'ANY /exports',
      'ANY /exports/{proxy+}',
      'ANY /feedback',
      'ANY /feedback/{proxy+}',
      'ANY /history',
      'ANY /history/{proxy+}',
      'ANY /hr',
      'ANY /hr/{proxy+}',
      'ANY /intake',
      'ANY /intake/{proxy+}',
      'ANY /persons',
      'ANY /persons/{proxy+}',
      'ANY /quarantine',
      'ANY /quarantine/{proxy+}',
      'ANY /rankings',
      'ANY /rankings/{proxy+}',
      'ANY /reports',
      'ANY /reports/{proxy+}',
      'ANY /scim/v2/{proxy+}',
      'ANY /scorecards',
      'ANY /scorecards/{proxy+}',
      'ANY /surveys',
      'ANY /surveys/{proxy+}',
      'ANY /targets',
      'ANY /targets/{proxy+}',
      'ANY /territories',
      'ANY /territories/{proxy+}',
      'GET /',
      'GET /chats/{chat}',
      'GET /console',
      'GET /console/{proxy+}',
      'GET /directories/{directory}',
      'GET /leads/linkedin',
      'GET /leads/meta',
      'GET /leads/ocean-engine',
      'GET /openapi.json',
      'POST /chats/{chat}',
      'POST /directories/{directory}',
      'POST /hr/employees',
      'POST /leads/baidu/{key}',
      'POST /leads/ocean-engine/{key}',
      'POST /leads/tencent-ads/{key}',
      'POST /leads/tiktok/{key}',
      'POST /leads/{leadId}/behavior',
      'POST /leads/{source}',
    ]);
  });

  it('brings each call to the function whose group of routes it is in', () => {
    const integrations = new Map(
      all('AWS::ApiGatewayV2::Integration').map(([id, one]) => [
        id,
        named(of<{ IntegrationUri: unknown }>(one).IntegrationUri),
      ]),
    );
    const keys = all('AWS::ApiGatewayV2::Route').map(([, one]) => {
      const { RouteKey, Target } = of<{ RouteKey: string; Target: { 'Fn::Join': [string, [string, unknown]] } }>(one);
      return { key: RouteKey, target: stepOf(integrations.get(named(Target['Fn::Join'][1][1])) ?? '') };
    });
    const groups = {
      api: people,
      'api-settings': settings,
      'api-map': map,
      'api-reports': reports,
      'api-appraisal': appraisal,
    };
    for (const [step, routes] of Object.entries(groups)) {
      for (const { method, path } of routes) {
        expect(chooseRoute(keys, method, path.replaceAll(/[{}]/g, ''))?.route.target, `${method} ${path}`).toBe(step);
      }
    }
  });
});
