import type { ComponentChildren, ComponentType } from 'preact';
import { t } from '../../words.ts';
import { below, type FieldProps, Wrong } from './field-props.tsx';
import { Moves } from './moves.tsx';
import { Rows } from './rows.tsx';
import { blank, isFlat, type Json, type Schema } from './schema.ts';

/** As many items are open at first; of more, each is opened by whoever wants to see it. */
const OPEN = 8;

/** What an item is called: by its name or id, else by its place. */
function titleOf(item: Json, label: string): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return label;
  const name = item.name ?? item.rule ?? item.planId ?? item.id;
  return typeof name === 'string' && name !== '' ? `${label}: ${name}` : label;
}

interface ListProps extends FieldProps {
  items: Schema;
  /** What shows an item; given, as it shows lists itself. */
  field: ComponentType<FieldProps>;
}

/** A list in its order; its items move up and down. Items of plain fields are the rows of a table. */
export function List(props: ListProps) {
  const { field: Field, schema, items, value, path, label, change, wrong } = props;
  const all = Array.isArray(value) ? value : [];
  const put = (at: number, to: Json) => change(all.map((each, index) => (index === at ? to : each)));
  const swap = (at: number) => {
    const [a, b] = [all[at - 1], all[at]];
    if (a !== undefined && b !== undefined) change([...all.slice(0, at - 1), b, a, ...all.slice(at + 1)]);
  };
  const drop = (at: number) => change(all.filter((_, index) => index !== at));
  const ways = {
    up: (at: number) => (at > 0 ? () => swap(at) : undefined),
    drop: (at: number) => (all.length > (schema.minItems ?? 0) ? () => drop(at) : undefined),
  };
  return (
    <fieldset class="group">
      <legend>{label}</legend>
      {isFlat(items) ? (
        <Rows {...{ items, all, path, label, wrong, put, ways }} />
      ) : (
        <ol class="list">
          {all.map((each, at) => (
            <li key={at}>
              <Item
                {...{ each, label: `${label} ${at + 1}`, open: all.length <= OPEN }}
                broken={[...wrong.keys()].some((where) => where.startsWith(`${below(path, at)}.`))}
                up={ways.up(at)}
                drop={ways.drop(at)}
              >
                <Field
                  schema={items}
                  value={each}
                  path={below(path, at)}
                  label={`${label} ${at + 1}`}
                  change={(to) => put(at, to)}
                  wrong={wrong}
                />
              </Item>
            </li>
          ))}
        </ol>
      )}
      <button type="button" onClick={() => change([...all, blank(items)])}>
        {t('rules.addTo', { name: label })}
      </button>
      <Wrong id={`${path}-wrong`} what={wrong.get(path)} />
    </fieldset>
  );
}

interface ItemProps {
  each: Json;
  label: string;
  open: boolean;
  /** Whether something in it is wrong: then it is shown. */
  broken: boolean;
  up: (() => void) | undefined;
  drop: (() => void) | undefined;
  children: ComponentChildren;
}

function Item({ each, label, open, broken, up, drop, children }: ItemProps) {
  return (
    <div class="field">
      {typeof each !== 'object' || each === null ? (
        children
      ) : (
        <details open={open || broken}>
          <summary>{titleOf(each, label)}</summary>
          {children}
        </details>
      )}
      <Moves name={label} up={up} drop={drop} />
    </div>
  );
}
