import { useEffect, useState } from 'preact/hooks';
import { to } from '../address.ts';
import { Refused, request } from '../calls.ts';
import type { PageProps } from '../page-props.ts';
import { useDoing } from '../parts/doing.ts';
import { tell } from '../parts/notices.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Trouble, Waiting } from '../parts/states.tsx';
import { useUnsaved } from '../parts/unsaved.ts';
import { named, said, t } from '../words.ts';
import { Field } from './rules/field.tsx';
import { Preview, type Previewed } from './rules/preview.tsx';
import { differences, type Json, type Schema } from './rules/schema.ts';

const documents = ['scoring', 'routing', 'sla', 'hr', 'notices', 'journey', 'performance', 'surveys'] as const;
const previewed = ['scoring', 'routing', 'sla', 'performance'];

/** The rules: each document as a form made from its schema, tried on past leads before it is published. */
export function Rules({ rest: [name = 'scoring'] }: PageProps) {
  return (
    <>
      <h1>{t('menu.rules')}</h1>
      <nav class="tabs" aria-label={t('menu.rules')}>
        {documents.map((each) => (
          <a key={each} class="tab" href={to(`rules/${each}`)} aria-current={each === name ? 'page' : undefined}>
            {named('rules', each)}
          </a>
        ))}
      </nav>
      <Document key={name} name={name} />
    </>
  );
}

interface Loaded {
  version: number;
  inForce: Json;
  schema: Schema;
}

interface Description {
  paths: Record<string, { put?: { requestBody: { content: { 'application/json': { schema: Schema } } } } }>;
}

/** A document of a version; of the one in force, unless told. */
async function read(name: string, version?: number): Promise<{ version: number; document: Json }> {
  const query = version === undefined ? '' : `?version=${version}`;
  const answer = (await request('GET', `/config/${name}${query}`)) as Record<string, Json>;
  return { version: Number(answer.version), document: answer[name] ?? null };
}

async function load(name: string): Promise<Loaded> {
  const [{ version, document }, description] = await Promise.all([
    read(name),
    request('GET', '/openapi.json') as Promise<Description>,
  ]);
  const schema = description.paths[`/config/${name}`]?.put?.requestBody.content['application/json'].schema;
  if (!schema) throw new Refused(404, name, []);
  return { version, inForce: document, schema };
}

function Document({ name }: { name: string }) {
  const [loaded, set] = useState<Loaded>();
  const [draft, change] = useState<Json>();
  const [failed, fail] = useState<unknown>();
  const [preview, show] = useState<Previewed>();
  const [warnings, warn] = useState<readonly string[]>([]);
  const { busy, error, run } = useDoing();
  const begin = () =>
    load(name).then((found) => {
      set(found);
      change(found.inForce);
      show(undefined);
    });
  useEffect(() => {
    begin().catch(fail);
  }, [name]);
  const dirty = loaded !== undefined && draft !== undefined && differences(loaded.inForce, draft).length > 0;
  useUnsaved(dirty);
  if (failed) return <Trouble error={failed} />;
  if (!loaded || draft === undefined) return <Waiting />;
  const wrong = new Map(error instanceof Refused ? error.errors.map(({ path, message }) => [path, said(message)]) : []);
  const tryOut = async () => show((await request('POST', `/config/${name}/preview`, draft)) as Previewed);
  const publish = async () => {
    const answer = await request('PUT', `/config/${name}`, draft, { madeFrom: loaded.version });
    warn((answer as { warnings?: string[] }).warnings ?? []);
    await begin();
    tell(t('rules.published'));
  };
  return (
    <>
      <div class="bar">
        <span>{t('rules.version', { version: loaded.version })}</span>
        {previewed.includes(name) && (
          <button type="button" disabled={busy} onClick={() => run(tryOut)}>
            {t('rules.preview')}
          </button>
        )}
        <button type="button" disabled={!dirty || busy} onClick={() => change(loaded.inForce)}>
          {t('map.discard')}
        </button>
        <button type="button" class="main" disabled={!dirty || busy} onClick={() => run(publish)}>
          {t('map.publish')}
        </button>
      </div>
      {error ? <Trouble error={error} /> : null}
      {warnings.length > 0 && (
        <ul class="panel" role="status">
          {warnings.map((warning) => (
            <li key={warning}>{said(warning)}</li>
          ))}
        </ul>
      )}
      <div class="columns uneven">
        <form class="rules" onSubmit={(event) => event.preventDefault()}>
          <Field
            schema={loaded.schema}
            value={draft}
            path=""
            label={named('rules', name)}
            change={(value) => change(value)}
            wrong={wrong}
          />
        </form>
        <div>
          {preview && <Preview previewed={preview} />}
          <Difference name={name} version={loaded.version} inForce={loaded.inForce} draft={draft} dirty={dirty} />
        </div>
      </div>
    </>
  );
}

interface DifferenceProps {
  name: string;
  version: number;
  inForce: Json;
  draft: Json;
  dirty: boolean;
}

/** What the draft changes; or what the version in force changed since an earlier one. */
function Difference({ name, version, inForce, draft, dirty }: DifferenceProps) {
  const [earlier, choose] = useState<{ version: number; document: Json }>();
  const { error, run } = useDoing();
  const rows = earlier ? differences(earlier.document, draft) : differences(inForce, draft);
  const versions = Array.from({ length: version }, (_, at) => at + 1);
  return (
    <section aria-labelledby="difference">
      <h2 id="difference">{t('rules.difference')}</h2>
      <label>
        {t('rules.since')}
        <select
          value={earlier?.version ?? version}
          onChange={({ currentTarget }) => {
            const chosen = Number(currentTarget.value);
            run(async () => choose(chosen === version ? undefined : await read(name, chosen)));
          }}
        >
          {versions.map((each) => (
            <option key={each} value={each}>
              {each === version ? t('rules.inForce', { version: each }) : each}
            </option>
          ))}
        </select>
      </label>
      {error ? <Trouble error={error} /> : null}
      {rows.length === 0 && <p class="dim">{t(dirty ? 'rules.same' : 'rules.untouched')}</p>}
      {rows.length > 0 && (
        <Scroll>
          <table class="difference">
            <thead>
              <tr>
                <th>{t('rules.where')}</th>
                <th>{t('rules.before')}</th>
                <th>{t('rules.after')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ path, before, after }) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td>{before === undefined ? '–' : <del>{before}</del>}</td>
                  <td>{after === undefined ? '–' : <ins>{after}</ins>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
