import { Scroll } from '../../parts/scroll.tsx';
import { named, t } from '../../words.ts';
import { below } from './field-props.tsx';
import { Moves } from './moves.tsx';
import type { Json, Schema } from './schema.ts';

interface RowsProps {
  items: Schema;
  all: readonly Json[];
  path: string;
  label: string;
  wrong: ReadonlyMap<string, string>;
  put: (at: number, to: Json) => void;
  ways: { up: (at: number) => (() => void) | undefined; drop: (at: number) => (() => void) | undefined };
}

type Fields = { [name: string]: Json };

/** Items of plain fields, one in a row; a field that may be absent is, as long as nothing is in it. */
export function Rows({ items, all, path, label, wrong, put, ways }: RowsProps) {
  const columns = Object.entries(items.properties ?? {});
  return (
    <Scroll>
      <table class="cells">
        <thead>
          <tr>
            {columns.map(([name]) => (
              <th key={name}>{named('field', name)}</th>
            ))}
            <th>
              <span class="hidden">{t('manual.do')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((each, at) => {
            const own = each as Fields;
            return (
              <tr key={at}>
                {columns.map(([name, schema]) => (
                  <td key={name}>
                    <Cell
                      schema={schema}
                      value={own[name]}
                      name={`${named('field', name)}, ${label} ${at + 1}`}
                      optional={!items.required?.includes(name)}
                      what={wrong.get(below(below(path, at), name))}
                      change={(to) => put(at, withField(own, name, to))}
                    />
                  </td>
                ))}
                <td>
                  <Moves name={`${label} ${at + 1}`} up={ways.up(at)} drop={ways.drop(at)} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

const withField = (own: Fields, name: string, to: Json | undefined): Fields => {
  const { [name]: _, ...rest } = own;
  return to === undefined ? rest : { ...own, [name]: to };
};

interface CellProps {
  schema: Schema;
  value: Json | undefined;
  name: string;
  optional: boolean;
  what: string | undefined;
  change: (value: Json | undefined) => void;
}

function Cell({ schema, value, name, optional, what, change }: CellProps) {
  const shown = value === undefined || value === null ? '' : String(value);
  const marked = { 'aria-label': name, 'aria-invalid': what !== undefined, title: what };
  const said = what === undefined ? null : <span class="due late">{what}</span>;
  if (schema.type === 'boolean')
    return (
      <>
        <input
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
          {...marked}
        />
        {said}
      </>
    );
  if (schema.enum)
    return (
      <>
        <select
          value={shown}
          onChange={({ currentTarget }) => change(currentTarget.value === '' ? undefined : currentTarget.value)}
          {...marked}
        >
          {optional && <option value="">–</option>}
          {schema.enum.map((each) => (
            <option key={each} value={each}>
              {named('choice', each)}
            </option>
          ))}
        </select>
        {said}
      </>
    );
  const put = (text: string, read: (text: string) => Json) =>
    change(text === '' ? (optional ? undefined : '') : read(text));
  if (schema.type === 'number' || schema.type === 'integer')
    return (
      <>
        <input
          type="number"
          step={schema.type === 'integer' ? 1 : 'any'}
          value={shown}
          onInput={({ currentTarget }) => put(currentTarget.value, Number)}
          {...marked}
        />
        {said}
      </>
    );
  return (
    <>
      <input
        size={Math.min(28, Math.max(8, shown.length))}
        value={shown}
        onInput={({ currentTarget }) => put(currentTarget.value, String)}
        {...marked}
      />
      {said}
    </>
  );
}
