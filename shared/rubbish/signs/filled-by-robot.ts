import { type Look, when } from '../sign.ts';

/** A field was filled in that people do not see, or the form was sent faster than people write. */
export const filledByRobot: Look = ({ filled }, { fastestSeconds }) => {
  const seconds = filled?.seconds;
  return [
    ...when(Boolean(filled?.honeypot), 'honeypot', 'a field was filled in that people do not see'),
    ...when(
      seconds !== undefined && seconds < fastestSeconds,
      'too-fast',
      `sent ${seconds} s after the form was opened, people need ${fastestSeconds}`,
    ),
  ];
};
