import { dirname } from 'node:path';
import { openDatabase } from '../db/open-database.js';
import type { Store } from '../db/store.js';
import type { StoreAddress } from '../db/store-address.js';
import { makeFolder } from '../io/files/make-folder.js';

/** Opens a database (see `openDatabase`), a SQLite one together with its folder. Throws UserError. */
export async function openStore(address: StoreAddress, options: { recreate?: boolean } = {}): Promise<Store> {
  if (address.kind === 'sqlite') await makeFolder(dirname(address.file));
  return openDatabase(address, options);
}
