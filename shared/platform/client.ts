import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { backoff } from './random.ts';

const TO_CONNECT = 1000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1000;

/**
 * How long a client of AWS's waits, and how often it tries. A call that is not answered in time fails: of itself the SDK only warns.
 * Between tries it pauses at most 50 ms, twice that the next time, a second at most: of itself the SDK lets whoever is throttled once
 * pause half a second, and a lead is on its way.
 * @param answer milliseconds in which a try must be answered
 */
export const patient = ({ answer, tries }: { answer: number; tries: number }) => ({
  retryStrategy: new ConfiguredRetryStrategy(tries, (next) => backoff(next - 1, FIRST_PAUSE, LONGEST_PAUSE)),
  requestHandler: { connectionTimeout: TO_CONNECT, requestTimeout: answer, throwOnRequestTimeout: true },
});
