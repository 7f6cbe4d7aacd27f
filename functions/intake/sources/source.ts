import type { ImportFile } from '../../../shared/intake/import-file.ts';
import type { FieldMap } from '../../../shared/intake/known-fields.ts';
import type { FormRules, SourceName, SourcesRules } from '../../../shared/intake/sources.ts';
import type { Form } from '../../../shared/lead/form.ts';
import type { Answer, Call } from '../../../shared/platform/http-step.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';

/** What a call showed to be of its source: a signature over its bytes, or only the source's key. */
export type Shown = 'signature' | 'key';

/** What came, so far as it is needed to read it: now, or again later. */
export interface Sent {
  /** Only those of {@link keptHeaders}. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the key. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The reference for which the body was fetched. */
  readonly fetched?: Reference;
  /** The body is one row of an imported file, known by this key. */
  readonly row?: string;
}

/** Headers that say how a body is to be read, and which call is the same as another. */
export const keptHeaders = ['content-type', 'idempotency-key', 'webhook-id'] as const;

/** How the source is to be read. */
export interface Reading {
  readonly fields: FieldMap;
  readonly tests: ReadonlyMap<string, ReadonlySet<string>>;
  /** The HTML form that was posted, if one is named. */
  readonly form: FormRules;
  readonly formId: string | undefined;
  readonly rules: SourcesRules;
}

/** What a platform says of a lead instead of the lead. Ids only. */
export type Reference = Readonly<Record<string, string>>;

/** One thing that was posted. `key` is the platform's own id of it: the same key is never taken in twice. */
export type Item =
  | {
      readonly kind: 'lead';
      readonly key?: string | undefined;
      readonly form: Form;
      /** Stored, and given to nobody. */
      readonly aside?: 'test' | undefined;
      /** The captcha's token, where one is wanted. */
      readonly captcha?: string | undefined;
    }
  | { readonly kind: 'reference'; readonly key: string; readonly reference: Reference }
  /** The platform wants the lead of this key erased. */
  | { readonly kind: 'erasure'; readonly key: string; readonly leadKey: string }
  /** Kept as it came, for an admin; `quietly` without telling them, for what is none of our business. */
  | { readonly kind: 'unclear'; readonly reason: string; readonly quietly?: boolean }
  | { readonly kind: 'file'; readonly file: ImportFile };

/** What became of an item. */
export type Taken =
  | { readonly kind: 'lead'; readonly receipt: unknown }
  | { readonly kind: 'quarantined'; readonly quarantineId: string; readonly reason: string }
  | { readonly kind: 'import'; readonly importId: string; readonly rows: number }
  | { readonly kind: 'noted' };

/** How a lead is asked for that a platform only refers to. */
export interface Request {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a platform's API: the JSON text, or undefined for what it does not have. */
export type Ask = (request: Request) => Promise<string | undefined>;

/** A place leads come from. Each is one file of this shape: verify, then parse into what was posted. */
export interface Source {
  /** The name in `POST /leads/{source}`, and the lead's `source.channel`. */
  readonly name: SourceName;
  /** What a `GET` of the address is answered, by which platforms check it; undefined for a POST that is none. */
  readonly handshake?: (call: Call, secret: Secret) => Answer | undefined;
  /** How the call shows that it comes from the source. Looks at headers and raw bytes. @throws Problem 401 when it does not */
  readonly verify: (call: Call, secret: Secret, at: Date) => Shown;
  /** Whether a signature is required where the key could do. */
  readonly mustBeSigned?: (rules: SourcesRules) => boolean;
  /** What was posted. @throws Problem 400 or 415 that names what cannot be read, NotUnderstood */
  readonly parse: (sent: Sent, reading: Reading) => Item[] | Promise<Item[]>;
  /** Asks the platform for what it only refers to; undefined when it is not there any more. @throws NotFetched */
  readonly fetch?: (reference: Reference, secret: Secret, ask: Ask) => Promise<string | undefined>;
  /** What the sender's retry rules want to hear once everything is stored. */
  readonly answer: (taken: readonly Taken[], reading: Reading) => Answer;
}

/** The answer of a platform that only looks at the status. */
export const plainly = (body: unknown) => (): Answer => ({ status: 200, body });

/** What became of the first item, for senders who read answers. */
export function receiptOf([first]: readonly Taken[]): Answer {
  if (first?.kind === 'lead') return { status: 202, body: first.receipt };
  if (first?.kind === 'quarantined')
    return { status: 202, body: { status: 'quarantined', quarantineId: first.quarantineId } };
  if (first?.kind === 'import') {
    const { importId, rows } = first;
    return { status: 202, body: { status: 'received', importId, rows, progress: `/intake/imports/${importId}` } };
  }
  return { status: 202, body: { status: 'noted' } };
}
