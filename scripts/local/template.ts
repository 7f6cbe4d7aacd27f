import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A resource of the template, as it stands there (intrinsics unresolved). */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** What `Ref` and `Fn::GetAtt` of a resource give on this machine. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Record<string, string>;
}

/** A CloudFormation template with its intrinsics resolved against local stand-ins. */
export interface Template {
  /** Every resource of a type, in the template's order. */
  readonly ofType: (type: string) => Resource[];
  /** The value with every intrinsic replaced. */
  readonly resolve: (value: unknown) => unknown;
  /** The resource that a resolved `Ref` or ARN names. */
  readonly named: (refOrArn: string) => Resource | undefined;
  readonly identityOf: (resource: Resource) => Identity;
  /** Where the code of a function lies. */
  readonly assetOf: (resource: Resource) => string;
  /** Types that this runtime neither runs nor knows to be none of its business. */
  readonly unknownTypes: string[];
}

/** Says what a resource is on this machine. */
export type Identify = (resource: Resource, resolve: (value: unknown) => unknown) => Identity;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

const pseudo: Record<string, string> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/local/local`,
  'AWS::NoValue': '',
};

/** Types that only a cloud has use for. */
const CLOUD_ONLY =
  /^AWS::(IAM::|Logs::|CloudWatch::|CDK::|Lambda::Permission$|Lambda::EventInvokeConfig$|SQS::QueuePolicy$|SNS::TopicPolicy$|SNS::Subscription$|Cognito::UserPoolGroup$|Cognito::UserPoolDomain$|ApiGatewayV2::Stage$|SecretsManager::ResourcePolicy$)/;

/**
 * Reads the one stack of a CDK assembly.
 * @param runs the types that the runtime stands in for
 */
export async function readTemplate(assembly: string, runs: readonly string[], identify: Identify): Promise<Template> {
  const manifest = JSON.parse(await readFile(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string; properties?: { templateFile?: string } }>;
  };
  const stacks = Object.values(manifest.artifacts).filter(({ type }) => type === 'aws:cloudformation:stack');
  const file = stacks[0]?.properties?.templateFile;
  if (stacks.length !== 1 || file === undefined) throw new Error(`${assembly} holds ${stacks.length} stacks, not one`);
  const raw = JSON.parse(await readFile(join(assembly, file), 'utf8')) as {
    Resources: Record<string, { Type: string; Properties?: Json; Metadata?: Json; Condition?: string }>;
    Parameters?: Record<string, { Default?: unknown }>;
    Conditions?: Json;
    Mappings?: Record<string, Record<string, Json>>;
  };

  const holds = (name: string): boolean => Boolean(resolveValue(raw.Conditions?.[name]));
  const resources: Resource[] = Object.entries(raw.Resources)
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
    .map(([id, { Type, Properties = {}, Metadata = {} }]) => ({
      id,
      type: Type,
      properties: Properties,
      metadata: Metadata,
    }));
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const identities = new Map<string, Identity>();

  function identityOf(resource: Resource): Identity {
    let identity = identities.get(resource.id);
    if (!identity) {
      identity = identify(resource, resolveValue);
      identities.set(resource.id, identity);
    }
    return identity;
  }

  function attribute(id: string, name: string): string {
    const resource = byId.get(id);
    if (!resource) throw new Error(`the template refers to ${id}, which it does not hold`);
    return identityOf(resource).attributes[name] ?? `arn:aws:local:${REGION}:${ACCOUNT}:${id}/${name}`;
  }

  function reference(id: string): string {
    const given = pseudo[id];
    if (given !== undefined) return given;
    const parameter = raw.Parameters?.[id];
    if (parameter) return String(parameter.Default ?? '');
    const resource = byId.get(id);
    if (!resource) throw new Error(`the template refers to ${id}, which it does not hold`);
    return identityOf(resource).ref;
  }

  function substitute(text: string, values: Json): string {
    return text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(values, name)) return String(resolveValue(values[name]));
      const [id = '', ...path] = name.split('.');
      return path.length > 0 ? attribute(id, path.join('.')) : (reference(name) ?? whole);
    });
  }

  const intrinsics: Record<string, (given: unknown) => unknown> = {
    Ref: (id) => reference(String(id)),
    Condition: (name) => holds(String(name)),
    'Fn::GetAtt': (given) => {
      const [id, name] = Array.isArray(given) ? given : String(given).split('.');
      return attribute(String(id), String(name));
    },
    'Fn::Join': (given) => {
      const [separator, parts] = given as [string, unknown];
      return (resolveValue(parts) as unknown[]).join(separator);
    },
    'Fn::Sub': (given) =>
      Array.isArray(given) ? substitute(String(given[0]), given[1] as Json) : substitute(String(given), {}),
    'Fn::Select': (given) => {
      const [index, list] = resolveValue(given) as [number, unknown[]];
      return list[Number(index)];
    },
    'Fn::Split': (given) => {
      const [separator, text] = resolveValue(given) as [string, string];
      return text.split(separator);
    },
    'Fn::If': (given) => {
      const [name, yes, no] = given as [string, unknown, unknown];
      return resolveValue(holds(name) ? yes : no);
    },
    'Fn::Equals': (given) => {
      const [a, b] = resolveValue(given) as [unknown, unknown];
      return a === b;
    },
    'Fn::Not': (given) => !(resolveValue(given) as unknown[])[0],
    'Fn::And': (given) => (resolveValue(given) as unknown[]).every(Boolean),
    'Fn::Or': (given) => (resolveValue(given) as unknown[]).some(Boolean),
    'Fn::FindInMap': (given) => {
      const [map, first, second] = resolveValue(given) as [string, string, string];
      return raw.Mappings?.[map]?.[first]?.[second];
    },
  };

  function resolveValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolveValue);
    if (!isObject(value)) return value;
    const names = Object.keys(value);
    const only = names.length === 1 ? names[0] : undefined;
    const intrinsic = only === undefined ? undefined : intrinsics[only];
    if (intrinsic && only !== undefined && (only !== 'Condition' || typeof value.Condition === 'string')) {
      return intrinsic(value[only]);
    }
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, resolveValue(of)]));
  }

  return {
    ofType: (type) => resources.filter((resource) => resource.type === type),
    resolve: resolveValue,
    named: (refOrArn) =>
      resources.find((resource) => {
        const { ref, attributes } = identityOf(resource);
        return ref === refOrArn || Object.values(attributes).includes(refOrArn);
      }),
    identityOf,
    assetOf: ({ id, metadata }) => {
      const path = metadata['aws:asset:path'];
      if (typeof path !== 'string') throw new Error(`${id} has no code of its own in the assembly`);
      return resolve(assembly, path);
    },
    unknownTypes: [...new Set(resources.map(({ type }) => type))].filter(
      (type) => !runs.includes(type) && !CLOUD_ONLY.test(type),
    ),
  };
}
