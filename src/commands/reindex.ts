import { counted, printable, UserError } from '../errors.js';
import { confirm } from '../terminal/confirm.js';
import { formatCount } from '../terminal/number-format.js';
import { progressReporter } from '../terminal/progress.js';
import { type Configuration, resolveConfiguration } from '../workspace/configuration.js';
import { reindex } from '../workspace/reindex.js';
import { openWorkspace } from '../workspace/workspace.js';
import { defineCommand } from './command.js';
import { flag, text } from './options/options.js';

export const reindexCommand = defineCommand({
  options: {
    dbRows: text('--db-rows <rows>', 'row-level results in the database: all, none or a number (see docs/storage.md)'),
    yes: flag('--yes', 'do not ask, even if the database knows results that are not in the output folder'),
  },
  examples: `Examples:
  secuml reindex
  secuml reindex --db mysql://me@db.example.org/secuml
The tables are dropped and filled again from the result files: this is also how one moves to another database.`,
  async run({ options, streams, environment }) {
    const configuration = await resolveConfiguration(options, environment);
    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    try {
      const lost = options.yes ? [] : await onlyInDatabase(configuration);
      if (lost.length > 0) {
        const some = lost
          .slice(-5)
          .map((id) => printable(id))
          .join(', ');
        const question = `The database knows ${formatCount(lost.length)} finished experiments that are not in ${configuration.outputDir} (${some}) and would forget them. Rebuild it?`;
        if (
          !(await confirm(
            streams.stdin,
            streams.stderr,
            question,
            `it would forget ${counted(lost.length, 'experiment')} without files here; add --yes if that is meant`,
          ))
        ) {
          streams.stderr.write('nothing was changed\n');
          return 0;
        }
      }
      const report = await reindex({
        address: configuration.store,
        outputDir: configuration.outputDir,
        dbRows: configuration.dbRows,
        progress: (done, total) => progress.update(done, total, 'reading results'),
      });
      progress.end();
      if (options.json) streams.stdout.write(`${JSON.stringify(report)}\n`);
      else {
        const { storeName, experiments, unfinished, labelSets } = report;
        const rest = unfinished === 0 ? '' : `, ${formatCount(unfinished)} unfinished`;
        streams.stdout.write(
          `${storeName}: ${counted(experiments, 'experiment')}${rest}, ${counted(labelSets, 'label set')}\n`,
        );
      }
      for (const warning of report.warnings) streams.stderr.write(`note: ${printable(warning, 1000)}\n`);
      for (const { path, reason } of report.broken) {
        streams.stderr.write(`left out: ${printable(path)}: ${printable(reason, 1000)}\n`);
      }
      return report.broken.length === 0 ? 0 : 1;
    } finally {
      progress.end();
    }
  },
});

/** A database that cannot be read as it is has nothing to lose by being made anew. */
async function onlyInDatabase(configuration: Configuration): Promise<string[]> {
  const workspace = await openWorkspace(configuration).catch((error: unknown) => {
    // Out of reach is said again, with its hint, by the rebuild itself.
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (!workspace) return [];
  try {
    return await workspace.onlyInDatabase();
  } finally {
    await workspace.close();
  }
}
