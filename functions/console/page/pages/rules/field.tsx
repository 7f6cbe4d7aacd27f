import { useId, useState } from 'preact/hooks';
import { named, t } from '../../words.ts';
import { below, type FieldProps, Wrong } from './field-props.tsx';
import { List } from './list.tsx';
import { blank, fits, type Json, type Schema, variantsOf } from './schema.ts';

/** A field of whatever the schema says. */
export function Field(props: FieldProps) {
  const { schema } = props;
  const variants = variantsOf(schema);
  if (variants) return <Variants {...props} variants={variants} />;
  if (schema.type === 'object') return <Fields {...props} />;
  if (schema.type === 'array') return <List {...props} items={schema.items ?? {}} field={Field} />;
  return <Leaf {...props} />;
}

function Leaf({ schema, value, path, label, change, wrong }: FieldProps) {
  const id = useId();
  const control = useId();
  const what = wrong.get(path);
  const marked = {
    id: control,
    'aria-invalid': what !== undefined,
    'aria-describedby': what === undefined ? undefined : id,
  };
  if ('const' in schema) return <span>{String(schema.const)}</span>;
  if (schema.type === 'boolean')
    return (
      <label class="check">
        <input
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
          {...marked}
        />
        {label} <Wrong id={id} what={what} />
      </label>
    );
  const numeric = schema.type === 'number' || schema.type === 'integer';
  return (
    <div class="labelled">
      <label for={control}>{label}</label>
      {schema.enum ? (
        <select value={String(value)} onChange={({ currentTarget }) => change(currentTarget.value)} {...marked}>
          {schema.enum.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      ) : (
        <Written numeric={numeric} whole={schema.type === 'integer'} value={value} change={change} marked={marked} />
      )}
      <Wrong id={id} what={what} />
    </div>
  );
}

interface WrittenProps {
  numeric: boolean;
  whole: boolean;
  value: Json | undefined;
  change: (value: Json) => void;
  marked: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined };
}

function Written({ numeric, whole, value, change, marked }: WrittenProps) {
  const shown = value === undefined || value === null ? '' : String(value);
  if (!numeric) return <input value={shown} onInput={({ currentTarget }) => change(currentTarget.value)} {...marked} />;
  const step = whole ? 1 : 'any';
  const put = (read: number) => change(Number.isNaN(read) ? '' : read);
  return (
    <input
      type="number"
      step={step}
      value={shown}
      onInput={({ currentTarget }) => put(currentTarget.valueAsNumber)}
      {...marked}
    />
  );
}

/** What of an object is there, and what may be added: its own fields, or entries by a name. */
function Fields({ schema, value, path, label, change, wrong }: FieldProps) {
  const own = (value ?? {}) as { [name: string]: Json };
  const known = schema.properties ?? {};
  const entries = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const shown = Object.keys({ ...known, ...own }).filter((name) => own[name] !== undefined);
  const possible = schema.propertyNames?.enum ?? Object.keys(known);
  const missing = possible.filter((name) => own[name] === undefined);
  const set = (name: string, to: Json) => change({ ...own, [name]: to });
  const drop = (name: string) => change(Object.fromEntries(Object.entries(own).filter(([each]) => each !== name)));
  const body = (
    <>
      {shown.map((name) => (
        <div key={name} class="field">
          <Field
            schema={known[name] ?? entries ?? {}}
            value={own[name]}
            path={below(path, name)}
            label={named('field', name)}
            change={(to) => set(name, to)}
            wrong={wrong}
          />
          {!schema.required?.includes(name) && (
            <button type="button" class="quiet" aria-label={t('rules.drop', { name })} onClick={() => drop(name)}>
              ✕
            </button>
          )}
        </div>
      ))}
      {(missing.length > 0 || (entries && !schema.propertyNames?.enum)) && (
        <Add
          names={missing}
          free={entries !== undefined && !schema.propertyNames?.enum}
          label={label}
          add={(name) => set(name, blank(known[name] ?? entries ?? {}))}
        />
      )}
      <Wrong id={`${path}-wrong`} what={wrong.get(path)} />
    </>
  );
  if (path === '') return body;
  return (
    <fieldset class="group">
      <legend>{label}</legend>
      {body}
    </fieldset>
  );
}

interface AddProps {
  names: readonly string[];
  /** Whether any name will do. */
  free: boolean;
  label: string;
  add: (name: string) => void;
}

function Add({ names, free, label, add }: AddProps) {
  const [name, write] = useState('');
  const title = t('rules.addTo', { name: label });
  if (!free)
    return (
      <select
        aria-label={title}
        value=""
        onChange={({ currentTarget }) => {
          if (currentTarget.value) add(currentTarget.value);
          currentTarget.value = '';
        }}
      >
        <option value="">{t('rules.add')}</option>
        {names.map((each) => (
          <option key={each} value={each}>
            {named('field', each)}
          </option>
        ))}
      </select>
    );
  return (
    <span class="bar">
      <input
        aria-label={title}
        placeholder={t('rules.name')}
        value={name}
        onInput={({ currentTarget }) => write(currentTarget.value)}
      />
      <button
        type="button"
        disabled={name.trim() === ''}
        onClick={() => {
          add(name.trim());
          write('');
        }}
      >
        {t('rules.add')}
      </button>
    </span>
  );
}

/** What a variant is called: what tells it from the others, what it must have, or what it is. */
function variantName({ required, type, properties = {}, const: only }: Schema): string {
  if (only !== undefined) return String(only);
  const { is } = properties;
  if (is) return is.enum?.join(', ') ?? String(is.const);
  return required?.map((name) => named('field', name)).join(', ') ?? type ?? '';
}

/** One of several shapes. */
function Variants({ variants, ...props }: FieldProps & { variants: Schema[] }) {
  const at = Math.max(
    0,
    variants.findIndex((each) => fits(each, props.value)),
  );
  const chosen = variants[at] ?? {};
  return (
    <div class="variants">
      <select
        aria-label={t('rules.kind', { name: props.label })}
        value={at}
        onChange={({ currentTarget }) => props.change(blank(variants[Number(currentTarget.value)] ?? {}))}
      >
        {variants.map((each, index) => (
          <option key={variantName(each)} value={index}>
            {variantName(each)}
          </option>
        ))}
      </select>
      <Field {...props} schema={chosen} />
    </div>
  );
}
