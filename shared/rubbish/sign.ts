import type { Form } from '../lead/form.ts';

/** Everything that speaks against a lead, by name; each name has its points in the rules. */
export const signNames = [
  'honeypot',
  'too-fast',
  'disposable-mail',
  'impossible-phone',
  'made-up-phone',
  'random-name',
  'random-company',
  'placeholder-name',
  'link-in-name',
  'markup-in-name',
  'repeated-message',
  'repeated-name',
  'blocked-word',
  'blocked-domain',
] as const;

/** The name of a sign. */
export type SignName = (typeof signNames)[number];

/** Something that speaks against a lead, and why in words. The words quote nothing that tells who posted. */
export interface Sign {
  sign: SignName;
  because: string;
}

/** What is known of a lead beside its form: by how many other people the same text was posted lately. */
export interface Facts {
  sameMessage: number;
  sameName: number;
  /** Of so many others makes a repeat. */
  repeatsFrom: number;
  /** Sent in fewer seconds than this is too fast for people. */
  fastestSeconds: number;
}

/** Looks at a posted form for signs of one kind. Pure. */
export type Look = (form: Form, facts: Facts) => Sign[];

/** One sign as a list, if it holds. */
export const when = (holds: boolean, sign: SignName, because: string): Sign[] => (holds ? [{ sign, because }] : []);
