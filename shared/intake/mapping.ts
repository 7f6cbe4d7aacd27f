import type * as z from 'zod';
import type { Form } from '../lead/form.ts';
import { type NormalisePhone, webFormWith } from '../lead/web-form.ts';
import type { FieldError } from '../platform/problem.ts';
import { headCount } from './head-count.ts';
import { isRecord } from './json.ts';
import { type FieldMap, plain } from './known-fields.ts';
import type { Target } from './sources.ts';

/** One answer of a form: what was asked, and what was said. */
export interface FormAnswer {
  name: string;
  value: string;
}

/** Why what was posted cannot become a lead. Quotes none of the values. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
  /** The field at fault. */
  readonly path: string;
  /** Each field at fault, if there are several. */
  readonly errors: readonly FieldError[];
  constructor(path: string, message: string, errors: readonly FieldError[] = [{ path, message }]) {
    super(message);
    this.path = path;
    this.errors = errors;
  }
}

const MOST_ANSWERS = 500;
/** How often what no field holds is left out: nobody says a thing in more ways. */
const ROUNDS = 8;
const LONGEST_NAME = 200;
const LONGEST_ANSWER = 5000;
/** What is kept of answers that no field is known for, in characters. */
const MOST_KEPT = 32 * 1024;

/** @throws NotUnderstood for more than any form has */
function mustBeBounded(answers: readonly FormAnswer[]): void {
  if (answers.length > MOST_ANSWERS) throw new NotUnderstood('body', `more than ${MOST_ANSWERS} fields`);
  for (const { name, value } of answers) {
    if (name.length > LONGEST_NAME) throw new NotUnderstood('body', `a field's name is longer than ${LONGEST_NAME}`);
    if (value.length > LONGEST_ANSWER) throw new NotUnderstood(name, `longer than ${LONGEST_ANSWER} characters`);
  }
}

const HAN = /\p{Script=Han}/u;
const YES = /^(true|yes|y|1|on|是|同意)$/i;
const NO = /^(false|no|n|0|off|否|不同意)$/i;

type Draft = Record<string, Record<string, unknown> | string>;
type Part = { target: Target; answer: FormAnswer };

/** Chinese names have the family name first, and nothing between. */
const fullName = (first: string, last: string): string =>
  HAN.test(first + last) ? `${last}${first}` : `${first} ${last}`.trim();

/** Parts of an address one after the other: Chinese without anything between, each only once. */
function addressOf(parts: readonly string[]): string {
  let whole = '';
  for (const part of parts.map((each) => each.replaceAll('+', ' ').trim())) {
    const words = HAN.test(part) ? [...new Set(part.split(/\s+/))].join('') : part;
    if (words === '' || whole.includes(words)) continue;
    whole += whole === '' || HAN.test(whole.slice(-1)) ? words : `, ${words}`;
  }
  return whole;
}

function meaningOf(target: Target, text: string): unknown {
  if (target === 'company.employees') return headCount(text);
  if (target !== 'consent.marketing') return text;
  if (YES.test(text)) return true;
  return NO.test(text) ? false : undefined;
}

function set(draft: Draft, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    (draft as Record<string, unknown>)[head] = value;
    return;
  }
  if (!isRecord(draft[head])) draft[head] = {};
  set(draft[head] as Draft, rest, value);
}

/** What a name stands for; one with a number behind it (`电话 (2)`), unless it is known itself, for what the name does. */
const targetOf = (name: string, map: FieldMap): Target | undefined =>
  map.get(plain(name)) ?? map.get(plain(name.replace(/\s*\(\d+\)$/, '')));

/** What the answers come to, the parts that went into it, others for the same fields, and all answers that no field holds. */
function drafted(answers: readonly FormAnswer[], map: FieldMap) {
  const parts: Part[] = [];
  const others: Part[] = [];
  const kept: FormAnswer[] = [];
  for (const answer of answers) {
    const target = targetOf(answer.name, map) ?? 'keep';
    if (target === 'ignore' || answer.value.trim() === '') continue;
    const taken = target !== 'location.address' && parts.find((part) => part.target === target);
    if (taken && taken.answer.value.trim() === answer.value.trim()) continue;
    // The first of several counts; the others are kept as they were said.
    if (target === 'keep' || taken) kept.push(answer);
    else parts.push({ target, answer });
    if (target !== 'keep' && taken) others.push({ target, answer });
  }
  const draft: Draft = {};
  const said = (target: Target): string => parts.find((part) => part.target === target)?.answer.value.trim() ?? '';
  for (const { target, answer } of parts) {
    if (['location.address', 'contact.firstName', 'contact.lastName', 'source.externalId'].includes(target)) continue;
    const value = meaningOf(target, answer.value.trim());
    if (value === undefined) kept.push(answer);
    else set(draft, target.split('.'), value);
  }
  const address = addressOf(
    parts.filter(({ target }) => target === 'location.address').map(({ answer }) => answer.value),
  );
  if (address !== '') set(draft, ['location', 'address'], address);
  const name = fullName(said('contact.firstName'), said('contact.lastName'));
  if (name !== '' && said('contact.name') === '') set(draft, ['contact', 'name'], name);
  return { draft, parts, others, kept, externalId: said('source.externalId') || undefined };
}

/** Answers as the form of a lead, as far as they can be understood. */
export interface Understood {
  form: Omit<Form, 'source'> & { source: Omit<Form['source'], 'channel'> };
  externalId: string | undefined;
}

/**
 * Reads answers by a map of fields. A value that its field cannot hold is kept as it was said, and the next answer for that field
 * counts, if there is one; the lead is taken without, so long as somebody can be reached.
 * @throws NotUnderstood when nobody can, or when there is more than any form has
 */
export function understand(answers: readonly FormAnswer[], map: FieldMap, normalise: NormalisePhone): Understood {
  mustBeBounded(answers);
  const { draft, parts, others, kept, externalId } = drafted(answers, map);
  const schema = webFormWith(normalise);
  if (!isRecord(draft.contact)) draft.contact = {};
  const faults: FieldError[] = [];
  let read = schema.safeParse(draft);
  for (let round = 0; !read.success && round < ROUNDS; round += 1) {
    const wrong = read.error.issues.filter(({ path }) => path.length > 1 || path[0] !== 'contact');
    if (wrong.length === 0) break;
    for (const { path, message } of wrong) {
      const target = path.join('.');
      if (drop(draft, path.map(String))) faults.push({ path: target, message });
      const said = parts.filter((part) => part.target === target);
      for (const part of said) parts.splice(parts.indexOf(part), 1);
      kept.push(...said.map(({ answer }) => answer));
      const next = others.find((part) => part.target === target);
      if (!next) continue;
      others.splice(others.indexOf(next), 1);
      const value = meaningOf(next.target, next.answer.value.trim());
      if (value === undefined) continue;
      kept.splice(kept.indexOf(next.answer), 1);
      parts.push(next);
      set(draft, path.map(String), value);
    }
    read = schema.safeParse(draft);
  }
  if (!read.success) throw notUnderstood(read.error.issues[0], faults);
  const size = kept.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  if (size > MOST_KEPT) throw new NotUnderstood('body', `more than ${MOST_KEPT} characters of answers`);
  const { source, ...said } = read.data;
  return { form: { ...said, ...(kept.length > 0 ? { fields: kept } : {}), source: { ...source } }, externalId };
}

function notUnderstood(issue: z.core.$ZodIssue | undefined, faults: readonly FieldError[]): NotUnderstood {
  const last = { path: issue?.path.join('.') ?? 'body', message: issue?.message ?? 'cannot be read' };
  // Who named a phone that is none need not be told as well that they named none.
  const errors = faults.some(({ path }) => path.startsWith(`${last.path}.`)) ? faults : [...faults, last];
  const said = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new NotUnderstood(errors[0]?.path ?? 'body', said, errors);
}

function drop(draft: Draft, path: readonly string[]): boolean {
  const [head = '', ...rest] = path;
  const inner = Object.hasOwn(draft, head) ? draft[head] : undefined;
  if (rest.length > 0 && isRecord(inner)) return drop(inner as Draft, rest);
  if (inner === undefined) return false;
  delete draft[head];
  return true;
}

const DEEPEST = 8;

/** A JSON value as answers: names of inner fields after a dot; lists of name and value by these; other lists as one text. */
export function answersOf(value: unknown, prefix = '', depth = 0): FormAnswer[] {
  if (value === null || value === undefined) return [];
  if (depth > DEEPEST)
    throw new NotUnderstood(prefix.slice(0, LONGEST_NAME).toWellFormed(), `nested more than ${DEEPEST} deep`);
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object' || each === null))
      return answersOf(value.filter((each) => each !== null).join(', '), prefix, depth + 1);
    return value.flatMap((each, at) => {
      const named = isRecord(each) ? pairOf(each) : undefined;
      return named ? [named] : answersOf(each, `${prefix}.${at}`, depth + 1);
    });
  }
  if (isRecord(value))
    return Object.entries(value).flatMap(([name, inner]) =>
      answersOf(inner, prefix === '' ? name : `${prefix}.${name}`, depth + 1),
    );
  return [{ name: prefix, value: String(value) }];
}

/** What is told of, one by one: a list tells of several, unless it is the answers of one. */
export function eachIn(value: unknown): unknown[] {
  const isList = Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null);
  return isList && !value.some((each) => isRecord(each) && pairOf(each)) ? value : [value];
}

/** `{name, value}` as many platforms write an answer. */
function pairOf(each: Record<string, unknown>): FormAnswer | undefined {
  const name = each.name ?? each.key ?? each.field ?? each.question;
  const value = each.value ?? each.values ?? each.answer;
  if (typeof name !== 'string' || value === undefined || isRecord(value)) return undefined;
  return { name, value: Array.isArray(value) ? value.join(', ') : String(value ?? '') };
}
