import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { json, type Reply, type ServiceHandler, startBackplane } from './backplane.ts';
import { type BusEvent, eventBus } from './bus.ts';
import { openClock } from './clock.ts';
import { control } from './control.ts';
import { withCors } from './cors.ts';
import { type Expiring, keepSwept } from './expiry.ts';
import { Faults } from './faults.ts';
import { openFiles } from './files.ts';
import { type LocalFunction, localFunction } from './functions.ts';
import { openHosts } from './hosts.ts';
import { httpApi } from './http-api.ts';
import { identities, nameOf, standsInFor } from './identities.ts';
import { Meter } from './meter.ts';
import { openIssuer } from './oidc.ts';
import { openOutbox, type Sent } from './outbox.ts';
import type { Person } from './person.ts';
import { startQueues } from './queues.ts';
import { startSchedules } from './schedules.ts';
import { secretsManager } from './secrets.ts';
import { Standstill } from './standstill.ts';
import { readStream } from './streams.ts';
import { ensureTable, startTableServer, tableInput } from './table.ts';
import { stepOf, tableProxy } from './table-proxy.ts';
import { readTemplate, type Template } from './template.ts';
import { watchesOf } from './watches.ts';
import {
  apiCors,
  apiRoutes,
  bucketNames,
  busRules,
  meteredIndexes,
  queueMappings,
  queueSpecs,
  scheduleSpecs,
  secretSpecs,
  streamMappings,
} from './wiring.ts';

/** What to run, where, and with what data. */
export interface RuntimeOptions {
  /** Folder of the synthesized CDK assembly. */
  assembly: string;
  dataDir: string;
  /** 0: any free port. */
  port: number;
  /** Values laid over the secrets, such as the addresses of chat robots; given the runtime's own address. */
  secretOverlay?: (url: string) => Record<string, string>;
  /** Variables for every function, beside the template's. */
  env?: Record<string, string>;
  /** Of each function, so many at once: as many as there are processors, two at least. So many threads, too, each warming up by itself. */
  concurrency?: number;
  warn?: (line: string) => void;
  /** Told why, when a part without which nothing can be answered ended by itself. */
  lost?: (why: string) => void;
  /** Gives numbers in [0, 1) from which faults are drawn: seeded, the same faults strike again. */
  random?: () => number;
  /** Whom the development sign-in page offers. */
  people?: (url: string) => Promise<Person[]>;
}

/** The whole system on this machine. */
export interface Runtime {
  readonly url: string;
  /** The table's own endpoint, without meter and faults; for checks. */
  readonly tableEndpoint: string;
  readonly tableNames: string[];
  readonly onEvent: (listener: (event: BusEvent) => void) => void;
  /** Told of each message that lands in the outbox. */
  readonly onSent: (listener: (message: Sent) => void) => void;
  /** Starts what a first invocation would start, one function after the other. @throws when the code of one cannot be loaded */
  readonly warm: () => Promise<void>;
  /** True once nothing is in flight; false when that took longer. */
  readonly idle: (timeoutMs: number) => Promise<boolean>;
  /** Waits until nothing can go on without time passing: messages that are put off may wait. */
  readonly settle: () => Promise<void>;
  readonly send: (queueName: string, body: string) => void;
  readonly queueNames: string[];
  readonly close: () => Promise<void>;
}

const CONCURRENCY = Math.max(2, availableParallelism());
const MOST_PAUSE = 20;

/** Starts everything that the template defines. @throws when the port is taken or a part does not start */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { concurrency = CONCURRENCY, warn = () => undefined } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const clock = openClock(dataDir);
  const faults = new Faults(options.random);
  const meter = new Meter();
  const listeners: ((event: BusEvent) => void)[] = [];
  const sentListeners: ((message: Sent) => void)[] = [];

  const front = await listen(options.port);
  const services: Record<string, ServiceHandler> = {};
  const backplane = await startBackplane(services);
  const template = await readTemplate(
    resolve(options.assembly),
    standsInFor,
    identities({ url: () => front.url, backplane: () => backplane.url }),
  );
  for (const type of template.unknownTypes) warn(`the template holds ${type}, which this runtime does not run`);

  const server = await startTableServer(dataDir, undefined, options.lost);
  const { streams, expiring } = await createTables(template, server.client);
  const queues = await startQueues(dataDir, queueSpecs(template), bucketNames(template), faults, meter, clock);
  const outbox = openOutbox(dataDir, clock, faults, (message) => {
    for (const listener of sentListeners) listener(message);
  });
  // What was sent is with phones and vendors; the copy that stands for them here goes with the person.
  listeners.push(({ 'detail-type': type, detail }) => {
    if (type === 'PersonErased') outbox.forget(detail.leadIds as string[]);
  });
  const secrets = secretsManager(dataDir, secretSpecs(template), () => options.secretOverlay?.(front.url) ?? {});
  const audience = template.ofType('AWS::Cognito::UserPoolClient')[0]?.id ?? 'local';
  const issuer = await openIssuer(dataDir, {
    url: () => `${front.url}/_local/oidc`,
    audience,
    clock,
    people: async () => options.people?.(front.url) ?? [],
  });

  const hosts = openHosts({ clock, meter, backplane, logFile: join(dataDir, 'functions.log') });
  const environment = { ...surroundings(backplane.url, queues.objects), ...options.env };
  const functions = new Map<string, LocalFunction>();
  for (const resource of template.ofType('AWS::Lambda::Function')) {
    functions.set(resource.id, localFunction(resource, { template, faults, meter, hosts, environment, concurrency }));
  }
  const functionOf = (refOrArn: string): LocalFunction => {
    const found = functions.get(template.named(refOrArn)?.id ?? '');
    if (!found) throw new Error(`the template wakes ${refOrArn}, which is no function of its`);
    return found;
  };

  const rules = busRules(template, queues.send, functionOf);
  const indexes = meteredIndexes(template);
  const readers: ReturnType<typeof readStream>[] = [];
  const proxy = tableProxy(server.endpoint, faults, meter, () => {
    for (const reader of readers) reader.poke();
  });
  const metered =
    (handle: ServiceHandler): ServiceHandler =>
    (headers, ...rest) => {
      meter.called(stepOf(headers), 'otherCall');
      return handle(headers, ...rest);
    };
  const bus = eventBus(rules, clock, faults, meter, (event) => {
    for (const listener of listeners) listener(event);
  });
  Object.assign(services, {
    dynamodb: proxy.handle,
    sqs: metered(queues.service),
    events: metered(bus),
    sns: metered(outbox.sns),
    ses: metered(outbox.ses),
    secrets: metered(secrets.service),
  } satisfies Record<string, ServiceHandler>);

  const files = openFiles(queues.objects, bucketNames(template)[0] ?? '');
  const standstill = new Standstill(
    watchesOf({ name: [...indexes.keys()][0] ?? '', client: DynamoDBDocumentClient.from(server.client) }, files),
    () => files.written() + faults.armed(),
    () => !readers.every((reader) => reader.caughtUp()),
  );
  const recordWrite: Parameters<typeof readStream>[3] = (table, before, after, keys) => {
    if (after) standstill.wrote(after);
    const { inTransaction, step } = proxy.wrote(table, keys, before);
    meter.wrote(before, after, inTransaction, indexes.get(table) ?? [], step);
  };
  for (const mapping of streamMappings(template, functionOf, streams)) {
    readers.push(
      readStream(server.endpoint, dataDir, mapping, (table, before, after, keys) =>
        recordWrite(table, before, after, keys),
      ),
    );
  }
  for (const mapping of queueMappings(template, functionOf, concurrency)) queues.consume(mapping);
  const schedules = startSchedules(scheduleSpecs(template, functionOf), clock, { rest: standstill, putOff: queues });

  const stopping = new AbortController();
  const sweeping = keepSwept(server.client, expiring, clock, stopping.signal);

  const atWork = (): boolean =>
    [...functions.values()].some((each) => each.running() > 0) || !readers.every((reader) => reader.caughtUp());
  const until = async (quiet: () => boolean, timeoutMs: number): Promise<boolean> => {
    const began = performance.now();
    while (!quiet()) {
      const waited = performance.now() - began;
      if (waited > timeoutMs) return false;
      // Looked at often at first, then less and less: never more than a tenth too late, and looking costs next to nothing.
      await wait(Math.min(MOST_PAUSE, Math.max(1, waited / 10)));
    }
    return true;
  };
  const quiet = (andWaiting: boolean) => (): boolean => {
    // Looking through full queues costs time that whoever is at work needs.
    if (atWork()) return false;
    const { visible, inHand, waiting } = queues.backlog();
    return visible + inHand + (andWaiting ? waiting : 0) === 0;
  };
  const idle = (timeoutMs: number) => until(quiet(true), timeoutMs);
  const settle = async () => void (await until(quiet(false), 60_000));

  const queueNames = queueSpecs(template).map(({ name }) => name);
  const { send } = queues;
  const local = control({
    clock,
    faults,
    meter,
    issuer,
    outbox,
    schedules,
    secrets,
    files,
    functionNames: [...functions.values()].map(({ name }) => name),
    queueNames,
    send,
    idle,
    settle,
  });
  const api = withCors(apiCors(template), httpApi(apiRoutes(template, functionOf), clock, meter));
  front.serve((request) => (request.url?.startsWith('/_local/') ? local(request) : api(request)));

  let closing: Promise<void> | undefined;
  const close = async () => {
    stopping.abort();
    schedules.stop();
    await front.close();
    // In the direction in which work flows, so that nothing is handed to a part that has ended.
    await Promise.all(readers.map((reader) => reader.stop()));
    await queues.drain();
    for (const each of functions.values()) each.stop();
    await hosts.stop();
    await backplane.close();
    await queues.stop();
    clock.persist();
    await sweeping;
    await server.stop();
  };

  return {
    url: front.url,
    tableEndpoint: server.endpoint,
    tableNames: [...indexes.keys()],
    onEvent: (listener) => listeners.push(listener),
    onSent: (listener) => sentListeners.push(listener),
    warm: async () => {
      for (const each of functions.values()) await each.warm();
    },
    idle,
    settle,
    send: queues.send,
    queueNames,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** What every function finds in its environment here: a region, credentials that mean nothing, and where the services are. */
const surroundings = (backplane: string, objects: string): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: `${backplane}/dynamodb`,
  AWS_ENDPOINT_URL_SQS: `${backplane}/sqs`,
  AWS_ENDPOINT_URL_EVENTBRIDGE: `${backplane}/events`,
  AWS_ENDPOINT_URL_S3: objects,
  AWS_ENDPOINT_URL_SNS: `${backplane}/sns`,
  AWS_ENDPOINT_URL_SESV2: `${backplane}/ses`,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: `${backplane}/secrets`,
  // What is not there on a laptop unless it is named: nothing is sent to a cloud from here.
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME ?? `${backplane}/bedrock`,
  AWS_ENDPOINT_URL_TRANSCRIBE: process.env.AWS_ENDPOINT_URL_TRANSCRIBE ?? `${backplane}/transcribe`,
  TZ: 'UTC',
});

/** Creates the template's tables where they are not there yet. */
async function createTables(template: Template, client: Parameters<typeof ensureTable>[0]) {
  const streams = new Map<string, string>();
  const expiring: Expiring[] = [];
  for (const resource of template.ofType('AWS::DynamoDB::Table')) {
    const properties = template.resolve(resource.properties) as {
      KeySchema: { AttributeName: string }[];
      TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
    };
    const table = nameOf(resource, template.resolve);
    const stream = await ensureTable(client, tableInput(table, properties));
    if (stream) streams.set(table, stream);
    const expires = properties.TimeToLiveSpecification;
    const keys = properties.KeySchema.map(({ AttributeName }) => AttributeName);
    if (expires?.Enabled) expiring.push({ table, attribute: expires.AttributeName, keys });
  }
  return { streams, expiring };
}

/** The public address. Calls that come before the system is up wait for it. */
async function listen(port: number) {
  let begin: (handle: (request: IncomingMessage) => Promise<Reply>) => void = () => undefined;
  const ready = new Promise<(request: IncomingMessage) => Promise<Reply>>((given) => {
    begin = given;
  });
  const server: Server = createServer((request, response) => {
    ready
      .then((handle) => handle(request))
      .catch((error: unknown) => json(500, { message: `the local runtime failed: ${String(error)}` }))
      .then(({ status, headers, body }) => {
        // Kept beyond its last answer, a connection would hold up the end for a minute.
        if (!server.listening) response.shouldKeepAlive = false;
        response.writeHead(status, { ...headers, 'content-length': body.length });
        response.end(body);
      });
  });
  // A client that keeps its connection must not meet its end just as it asks again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: begin,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeIdleConnections();
      }),
  };
}
