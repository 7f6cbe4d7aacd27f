import type { Form } from '../../lead/form.ts';
import type { Facts, Look, Sign } from '../sign.ts';
import { disposableMail } from './disposable-mail.ts';
import { filledByRobot } from './filled-by-robot.ts';
import { madeUpPhone } from './made-up-phone.ts';
import { markup } from './markup.ts';
import { placeholder } from './placeholder.ts';
import { repeatedText } from './repeated-text.ts';
import { typedAtRandom } from './typed-at-random.ts';

const looks: readonly Look[] = [
  filledByRobot,
  disposableMail,
  madeUpPhone,
  typedAtRandom,
  placeholder,
  markup,
  repeatedText,
];

/** All that speaks against a lead by itself, whatever the rules make of it. */
export const signsOf = (form: Form, facts: Facts): Sign[] => looks.flatMap((look) => look(form, facts));
