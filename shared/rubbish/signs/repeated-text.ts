import { type Look, when } from '../sign.ts';

/** The same words from several people: a script that changes the phone each time, or a text that is handed around. */
export const repeatedText: Look = (_form, { sameMessage, sameName, repeatsFrom }) => [
  ...when(sameMessage >= repeatsFrom, 'repeated-message', `${sameMessage} others posted the same message lately`),
  ...when(sameName >= repeatsFrom, 'repeated-name', `${sameName} others posted the same name and company lately`),
];
