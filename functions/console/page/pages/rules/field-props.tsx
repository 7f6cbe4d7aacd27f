import type { Json, Schema } from './schema.ts';

/** A field of a form that is made from a schema. */
export interface FieldProps {
  schema: Schema;
  value: Json | undefined;
  /** Where it is in the document, with dots. */
  path: string;
  label: string;
  change: (value: Json) => void;
  /** What is wrong, by path. */
  wrong: ReadonlyMap<string, string>;
}

/** What is wrong with a field, if anything is. */
export const Wrong = ({ id, what }: { id: string; what: string | undefined }) =>
  what === undefined ? null : (
    <span id={id} class="due late">
      {what}
    </span>
  );

/** The path of something in what is at a path. */
export const below = (path: string, name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
