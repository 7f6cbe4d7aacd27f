import * as z from 'zod';

/** Reads and checks variables of this function's environment. @throws Error naming each that is missing or wrong */
export function environment<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): { [Name in keyof Shape]: z.infer<Shape[Name]> } {
  const read = Object.entries(shape).map(([name, schema]) => ({ name, ...schema.safeParse(process.env[name]) }));
  const wrong = read.flatMap(({ name, success }) => (success ? [] : [name]));
  if (wrong.length > 0) throw new Error(`environment variables missing or wrong: ${wrong.join(', ')}`);
  return Object.fromEntries(read.map(({ name, data }) => [name, data])) as {
    [Name in keyof Shape]: z.infer<Shape[Name]>;
  };
}

/** A variable that must be there. */
export const required = z.string().min(1);
