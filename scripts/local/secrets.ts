import { randomBytes } from 'node:crypto';
import { json, type ServiceHandler } from './backplane.ts';
import { keptJson } from './kept.ts';

/** A secret of the template. */
export interface SecretSpec {
  arn: string;
  name: string;
  generate: { SecretStringTemplate?: string; GenerateStringKey?: string; PasswordLength?: number } | undefined;
  value: string | undefined;
}

/** Secrets Manager's GetSecretValue, and the secrets themselves for the runtime. */
export interface Secrets {
  readonly service: ServiceHandler;
  readonly values: () => Record<string, Record<string, string>>;
}

const amzJson = 'application/x-amz-json-1.1';

/** Generates the secrets once and keeps them in the data folder. `overlay` is laid over every secret that is a JSON object. */
export function secretsManager(
  dataDir: string,
  specs: readonly SecretSpec[],
  overlay: () => Record<string, string>,
): Secrets {
  const kept = keptJson<Record<string, Record<string, string>>>(dataDir, 'secrets.json', () => ({}));
  const values = { ...kept.value };
  for (const spec of specs) values[spec.name] ??= generate(spec);
  kept.save(values);

  const whole = (name: string) => ({ ...values[name], ...overlay() });
  return {
    values: () => Object.fromEntries(Object.keys(values).map((name) => [name, whole(name)])),
    service: async (headers, body) => {
      const { SecretId } = JSON.parse(body.toString('utf8')) as { SecretId?: string };
      const found = specs.find(({ arn, name }) => SecretId === arn || SecretId === name);
      if (!headers['x-amz-target']?.endsWith('GetSecretValue') || !found) {
        return json(400, { __type: 'ResourceNotFoundException', message: 'no such secret' }, amzJson);
      }
      const { arn, name } = found;
      return json(
        200,
        { ARN: arn, Name: name, SecretString: JSON.stringify(whole(name)), VersionId: 'local' },
        amzJson,
      );
    },
  };
}

function generate({ generate: how, value }: SecretSpec): Record<string, string> {
  const given = JSON.parse(value ?? how?.SecretStringTemplate ?? '{}') as Record<string, string>;
  if (!how?.GenerateStringKey) return given;
  const length = how.PasswordLength ?? 32;
  return { ...given, [how.GenerateStringKey]: randomBytes(length).toString('hex').slice(0, length) };
}
