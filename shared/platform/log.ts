import { Logger } from '@aws-lambda-powertools/logger';

/** All that a log line may hold. An allow-list: no personal data and no secret can get in by accident. */
export interface Facts {
  leadId?: string;
  repId?: string;
  eventId?: string;
  type?: string;
  step?: string;
  status?: string | number;
  attempt?: number;
  cause?: string;
  channel?: string;
  source?: string;
  count?: number;
  quarantineId?: string;
  requestId?: string;
  route?: string;
}

const logger = new Logger();

/** An error without its message (which may quote what somebody posted): its name and where it arose. */
function trace(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const where = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  const cause = error.cause instanceof Error ? { causedBy: error.cause.name } : {};
  return { error: error.name, where: where.slice(0, 6).map((line) => line.trim()), ...cause };
}

/** Structured logging (Powertools) that takes only {@link Facts}. */
export const log = {
  debug: (message: string, facts: Facts = {}): void => logger.debug(message, { ...facts }),
  info: (message: string, facts: Facts = {}): void => logger.info(message, { ...facts }),
  warn: (message: string, facts: Facts = {}): void => logger.warn(message, { ...facts }),
  error: (message: string, error: unknown, facts: Facts = {}): void =>
    logger.error(message, { ...facts, ...trace(error) }),
};
