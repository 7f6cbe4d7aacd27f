import * as z from 'zod';

/** Reads and checks this function's environment once, at cold start; a missing variable fails by its name. */
export function environment<Shape extends z.ZodRawShape>(shape: Shape): z.infer<z.ZodObject<Shape>> {
  const read = z.object(shape).safeParse(process.env);
  if (!read.success) {
    const names = read.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Error(`environment variables missing or wrong: ${names}`);
  }
  return read.data;
}

/** A variable that must be there. */
export const required = z.string().min(1);
