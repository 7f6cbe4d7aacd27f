import { ACCOUNT, type Identify, REGION, type Resource } from './template.ts';

const arn = (service: string, name: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;

/** Where this machine's stand-ins are reached. */
export interface Addresses {
  /** The public address. */
  url: () => string;
  /** The endpoints for SDK clients. */
  backplane: () => string;
}

/** A bucket's name from its logical id: buckets are named in lower case. */
const bucketName = (id: string): string => id.toLowerCase();

type Resolve = (value: unknown) => unknown;
type Named = (name: string, id: string, at: Addresses) => { ref: string; attributes: Record<string, string> };

/** The property that names a resource of a type, and what `Ref` and `Fn::GetAtt` of it give. */
const known: Record<string, { nameFrom?: string; identity: Named }> = {
  'AWS::DynamoDB::Table': {
    nameFrom: 'TableName',
    identity: (name) => ({
      ref: name,
      attributes: { Arn: arn('dynamodb', `table/${name}`), StreamArn: arn('dynamodb', `table/${name}/stream/local`) },
    }),
  },
  'AWS::SQS::Queue': {
    nameFrom: 'QueueName',
    identity: (name, _, at) => ({
      ref: `${at.backplane()}/sqs/${ACCOUNT}/${name}`,
      attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: `${at.backplane()}/sqs/${ACCOUNT}/${name}` },
    }),
  },
  'AWS::Events::EventBus': {
    nameFrom: 'Name',
    identity: (name) => ({ ref: name, attributes: { Arn: arn('events', `event-bus/${name}`), Name: name } }),
  },
  'AWS::Lambda::Function': {
    nameFrom: 'FunctionName',
    identity: (name) => ({ ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } }),
  },
  'AWS::SecretsManager::Secret': {
    nameFrom: 'Name',
    identity: (name) => ({
      ref: arn('secretsmanager', `secret:${name}`),
      attributes: { Id: arn('secretsmanager', `secret:${name}`) },
    }),
  },
  'AWS::S3::Bucket': {
    nameFrom: 'BucketName',
    identity: (name) => {
      const bucket = bucketName(name);
      return { ref: bucket, attributes: { Arn: `arn:aws:s3:::${bucket}` } };
    },
  },
  'AWS::SNS::Topic': {
    nameFrom: 'TopicName',
    identity: (name) => ({ ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } }),
  },
  'AWS::Cognito::UserPool': {
    identity: (_, id, at) => ({
      ref: id,
      attributes: { Arn: arn('cognito-idp', `userpool/${id}`), ProviderURL: `${at.url()}/_local/oidc`, UserPoolId: id },
    }),
  },
  'AWS::ApiGatewayV2::Api': {
    identity: (_, id, at) => ({ ref: id, attributes: { ApiEndpoint: at.url(), ApiId: id } }),
  },
};

/** Types whose resources the runtime runs, or serves through others that it runs. */
export const standsInFor: readonly string[] = [
  ...Object.keys(known),
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::Cognito::UserPoolClient',
  'AWS::S3::BucketPolicy',
];

/** A resource's name on this machine: the one that the template gives it, or else its logical id. */
export function nameOf(resource: Resource, resolve: Resolve): string {
  const property = known[resource.type]?.nameFrom;
  const given = property === undefined ? undefined : resource.properties[property];
  return given === undefined ? resource.id : String(resolve(given));
}

/** Says what resources are on this machine. */
export const identities =
  (at: Addresses): Identify =>
  (resource, resolve) => {
    const type = known[resource.type];
    if (!type) return { ref: resource.id, attributes: {} };
    return type.identity(nameOf(resource, resolve), resource.id, at);
  };
