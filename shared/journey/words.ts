import * as z from 'zod';
import { languageTags } from '../notice/languages/index.ts';

/** Words of at most so many characters. */
export const words = (longest: number) => z.string().trim().min(1).max(longest);

/** Words for people: in one language for all, or in each. */
export const text = (longest: number) =>
  z.union([
    words(longest),
    z
      .partialRecord(z.enum(languageTags), words(longest))
      .refine((each) => Object.keys(each).length > 0, 'in one language at least'),
  ]);
