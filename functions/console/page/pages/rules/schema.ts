/** JSON Schema (2020-12), as far as the API's description of the rules uses it. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: string[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  pattern?: string;
  description?: string;
}

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shapes of which a value has one. */
export const variantsOf = ({ anyOf, oneOf }: Schema): Schema[] | undefined => anyOf ?? oneOf;

const isLeaf = (schema: Schema): boolean =>
  !variantsOf(schema) && !('const' in schema) && schema.type !== 'object' && schema.type !== 'array';

/** Whether something has several fields, all of them plain: then many of it make a table. */
export const isFlat = ({ type, properties = {}, additionalProperties }: Schema): boolean =>
  type === 'object' &&
  typeof additionalProperties !== 'object' &&
  Object.keys(properties).length > 1 &&
  Object.values(properties).every(isLeaf);

/** Whether the value has the shape of the schema, as far as is needed to tell variants apart. */
export function fits(schema: Schema, value: Json | undefined): boolean {
  const variants = variantsOf(schema);
  if (variants) return variants.some((each) => fits(each, value));
  if ('const' in schema) return value === schema.const;
  if (schema.enum) return schema.enum.includes(String(value));
  switch (schema.type) {
    case 'object': {
      if (!isObject(value)) return false;
      const known = schema.properties ?? {};
      const strangers = schema.additionalProperties === false && Object.keys(value).some((name) => !(name in known));
      return !strangers && (schema.required ?? []).every((name) => fits(known[name] ?? {}, value[name]));
    }
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return typeof value === 'number';
    case undefined:
      return true;
    default:
      return schema.type === 'null' ? value === null : typeof value === schema.type;
  }
}

/** A first value of the schema's shape, for something that is added. */
export function blank(schema: Schema): Json {
  if (schema.default !== undefined) return schema.default as Json;
  if ('const' in schema) return schema.const as Json;
  if (schema.enum) return schema.enum[0] ?? '';
  const [first] = variantsOf(schema) ?? [];
  if (first) return blank(first);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, blank(schema.properties?.[name] ?? {})]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => blank(schema.items ?? {}));
    case 'number':
    case 'integer':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return false;
    default:
      return '';
  }
}

/** A place in a document where two versions differ. */
export interface Difference {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

function leaves(value: Json, path: string, into: Map<string, string>): Map<string, string> {
  if (value === null || typeof value !== 'object') into.set(path, JSON.stringify(value));
  else {
    const entries = Object.entries(value);
    if (entries.length === 0) into.set(path, Array.isArray(value) ? '[]' : '{}');
    for (const [name, each] of entries) leaves(each as Json, path === '' ? name : `${path}.${name}`, into);
  }
  return into;
}

/** Where two documents differ, leaf by leaf. */
export function differences(before: Json, after: Json): Difference[] {
  const [was, is] = [leaves(before, '', new Map()), leaves(after, '', new Map())];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) =>
    was.get(path) === is.get(path) ? [] : [{ path, before: was.get(path), after: is.get(path) }],
  );
}
