import { fileTypeFromBuffer } from 'file-type';
import * as z from 'zod';

/** A file may be so large, in bytes. */
export const LARGEST = 20 * 1024 * 1024;
/** So much of a file's beginning tells what it is. */
export const BEGINNING = 64 * 1024;

const office = 'application/vnd.openxmlformats-officedocument';

/** What may be put to a contact, by media type, with how its name ends. */
const types: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  [`${office}.wordprocessingml.document`]: ['docx'],
  [`${office}.spreadsheetml.sheet`]: ['xlsx'],
  [`${office}.presentationml.presentation`]: ['pptx'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
};
const allowed = Object.keys(types) as [string, ...string[]];

/** A file that is to be uploaded: its name, media type and size in bytes. */
export const declared = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^/\\\p{Cc}]+$/u, 'a file’s name, without folders'),
    type: z.enum(allowed, { error: `one of ${allowed.join(', ')}` }),
    bytes: z
      .int()
      .min(1)
      .max(LARGEST, `at most ${LARGEST / 1024 / 1024} MiB`),
  })
  .refine(({ name, type }) => types[type]?.some((ending) => name.toLowerCase().endsWith(`.${ending}`)), {
    path: ['name'],
    message: 'must end as files of its type do',
  });

/** A file that was declared. */
export type Declared = z.infer<typeof declared>;

/** Office files are archives: of some, the beginning does not tell more. */
const isOffice = (type: string): boolean => type.startsWith(office);
const isText = (type: string): boolean => type.startsWith('text/');

/** Plain text: no zero bytes, and nothing that a shell or a browser would run. */
const isPlain = (bytes: Uint8Array): boolean =>
  !bytes.includes(0) &&
  !/^(?:\uFEFF)?\s*(?:#!|<\?|<!|<(?:script|html|svg))/i.test(new TextDecoder().decode(bytes.slice(0, 200)));

/** Why what was uploaded is not what was declared, or undefined. `beginning`: its first {@link BEGINNING} bytes; `size`: all of them. */
export async function refuse(file: Declared, beginning: Uint8Array, size: number): Promise<string | undefined> {
  if (size !== file.bytes) return `has ${size} bytes, ${file.bytes} were declared`;
  const found = (await fileTypeFromBuffer(beginning))?.mime;
  if (isText(file.type)) {
    if (found !== undefined) return `is ${found}, not ${file.type}`;
    return isPlain(beginning) ? undefined : `is not ${file.type}: a program, or not text`;
  }
  if (found === file.type || (isOffice(file.type) && found === 'application/zip')) return undefined;
  return `is ${found ?? 'of no known type'}, not ${file.type}`;
}
