import { UserError } from '../../errors.js';

/** A family's new name as typed, without the blanks around it; throws UserError for an empty one. */
export function familyName(typed: string): string {
  const name = typed.trim();
  if (name !== '') return name;
  throw new UserError('the new name of the family is empty');
}
