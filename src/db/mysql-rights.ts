import { type Kysely, sql } from 'kysely';
import { UserError } from '../errors.js';
import { grantLine, isDenied, neededRights, quotedAccount } from './mysql-errors.js';
import type { Tables } from './tables/registry.js';

/**
 * A statement for each right that cannot succeed, about a table that does not exist or has one column twice: a server
 * looks at the rights first, so the answer is either "denied" or the fault, and nothing is changed.
 */
const probes: Record<(typeof neededRights)[number], string> = {
  SELECT: 'SELECT x FROM secuml_rights_probe',
  INSERT: 'INSERT INTO secuml_rights_probe (x) VALUES (1)',
  UPDATE: 'UPDATE secuml_rights_probe SET x = 1',
  DELETE: 'DELETE FROM secuml_rights_probe',
  CREATE: 'CREATE TABLE secuml_rights_probe (x INT, x INT)',
  DROP: 'DROP TABLE IF EXISTS secuml_rights_probe',
};

/** Throws UserError, with the exact GRANT statement, unless all six rights are there. */
export async function checkRights(db: Kysely<Tables>, database: string): Promise<void> {
  const missing: string[] = [];
  for (const right of neededRights) {
    try {
      await sql.raw(probes[right]).execute(db);
    } catch (error) {
      if (isDenied(error)) missing.push(right);
      else if (!isExpected(error)) throw error;
    }
  }
  if (missing.length === 0) return;
  const { rows } = await sql<{ account: string }>`select current_user() as account`.execute(db);
  throw new UserError(
    `the database "${database}" does not give ${rows[0].account} the right to ${missing.join(', ')}`,
    {
      hint: `its administrator allows it with: ${grantLine(database, quotedAccount(rows[0].account))}`,
    },
  );
}

function isExpected(error: unknown): boolean {
  return ['ER_NO_SUCH_TABLE', 'ER_DUP_FIELDNAME'].includes((error as { code?: string }).code ?? '');
}
