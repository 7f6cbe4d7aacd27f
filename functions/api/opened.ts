import type { ConfigurationName } from '../../shared/config/configuration.ts';

/** The document out of what GET or PUT answers, so that it can be sent back as it came; all else as it is. */
export function opened(name: ConfigurationName, posted: unknown): unknown {
  if (typeof posted !== 'object' || posted === null) return posted;
  const { version, warnings, [name]: document, ...rest } = posted as Record<string, unknown>;
  return document !== undefined && Object.keys(rest).length === 0 ? document : posted;
}
