import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The options of a command. One that is not known, or lacks its value, ends the program: it says which, and exits with 2. */
export function commandLine<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string };
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    process.stderr.write(`${message}\n--help says what there is\n`);
    process.exit(2);
  }
}
