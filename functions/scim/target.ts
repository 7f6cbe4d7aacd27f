import { type Equality, equalities } from './expression.ts';
import { bad, Refusal } from './failure.ts';
import { alike } from './filter.ts';
import { tidy } from './normalise.ts';
import { type Attribute, byName, type Place, placeOf } from './schema.ts';

/** Which values of a list are meant: each of these attributes must have the value. */
export type Where = readonly { sub: Attribute; value: unknown }[];

/** What an operation of a PATCH changes. */
export interface Target extends Place {
  where?: Where;
}

const form = /^([^[\]"]+)(?:\[(.*)\](?:\.([\w$-]+))?)?$/s;

/** Reads `userName`, `name.givenName`, `emails[type eq "work"].value`, each also behind a URN. @throws Refusal 400 */
export function targetOf(path: string): Target {
  const [, name = '', filter, sub] = form.exec(path) ?? [];
  const place = placeOf(name);
  if (!place) throw bad('invalidPath', `Attribute '${path}' is not known`);
  if (filter === undefined) return place;
  const { attribute } = place;
  if (place.sub || attribute.type !== 'complex' || !attribute.config.multiValued) {
    throw bad('invalidPath', `Attribute '${name}' has no values to choose from`);
  }
  const subs = byName(attribute.subAttributes ?? []);
  const found = sub === undefined ? undefined : subs.get(sub.toLowerCase());
  if (sub !== undefined && !found) throw bad('invalidPath', `Attribute '${attribute.name}.${sub}' is not known`);
  return { ...place, sub: found, where: whereOf(filter, attribute.name, subs) };
}

function whereOf(filter: string, name: string, subs: Map<string, Attribute>): Where {
  return readFilter(filter).map((asked) => {
    const sub = subs.get(asked.name.toLowerCase());
    if (!sub || asked.where) throw bad('invalidPath', `Attribute '${name}.${asked.name}' is not known`);
    return { sub, value: tidy(sub, asked.value) };
  });
}

function readFilter(filter: string): Equality[] {
  try {
    return equalities(filter);
  } catch (error) {
    // Not the call's filter is wrong, but a path.
    throw error instanceof Refusal ? bad('invalidPath', `path: ${error.message}`) : error;
  }
}

/** Whether a value of a list is meant. */
export const isMeant = (value: Readonly<Record<string, unknown>>, where: Where): boolean =>
  where.every(({ sub, value: asked }) =>
    sub.config.caseExact || typeof asked !== 'string' ? value[sub.name] === asked : alike(value[sub.name], asked),
  );
