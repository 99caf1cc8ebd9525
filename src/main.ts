import { Command, CommanderError } from 'commander';
import type { CommandEntry, CommandGroup, CommandModule, ExitCode, Streams } from './commands/command.js';
import { commonOptions } from './commands/command.js';
import { addOptions } from './commands/options/options.js';
import { type CommandName, commands } from './commands/registry.js';
import { programVersion } from './commands/program-version.js';
import { InterruptedError, nearest, printable, printableLines, UserError } from './errors.js';
import type { CancelSignal } from './ml/fit-context.js';

/** Exit codes besides a command's own 0 and 1. */
export const exitUser = 2;
const exitBug = 70;
const exitInterrupted = 130;

export interface Surroundings {
  readonly streams: Streams;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: CancelSignal;
}

/** Runs `secuml` with the arguments after the program's name; resolves to the exit code, never rejects. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stderr } = surroundings.streams;
  try {
    return await runProgram(argv, surroundings);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitUser;
    if (error instanceof InterruptedError) {
      stderr.write(`${error.message}\n`);
      return exitInterrupted;
    }
    if (error instanceof UserError) {
      // Messages quote data: what a parser found, names in a damaged file.
      const hint = error.hint ? `hint: ${error.hint}\n` : '';
      stderr.write(printableLines(`error: ${error.message}\n${hint}`));
      if (argv.includes('--verbose') && error.stack) stderr.write(printableLines(`${error.stack}\n`));
      return exitUser;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stderr.write(
      `${printableLines(stack)}\nThis is a bug in secuml: please report it with the lines above and the command you typed.\n`,
    );
    return exitBug;
  }
}

async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings.streams;
  let exitCode: ExitCode = 0;
  const program = new Command('secuml')
    .description('Machine learning for computer-security experts: from a table of features to a verdict you can trust.')
    .version(programVersion, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .showSuggestionAfterError()
    .addHelpText('after', topLevelExamples);
  const chosen = chosenCommand(argv);
  const run = async (module: CommandModule, command: Command): Promise<void> => {
    exitCode = await module.run({
      args: command.args,
      options: command.opts(),
      ...surroundings,
      commandLine: ['secuml', ...argv].map(quoteForShell).join(' '),
    });
  };
  for (const name of Object.keys(commands) as CommandName[]) {
    const command = program.command(name).summary(commands[name].summary).description(commands[name].summary);
    command.helpOption('--help', 'print this help');
    if (name !== chosen) continue;
    const entry: CommandEntry | CommandGroup = commands[name];
    if ('load' in entry) addModule(command, await entry.load(), run);
    else await addSubcommands(command, await entry.subcommands(), run);
  }
  refuseUnknownTopic(argv);
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  await program.parseAsync(directed(argv), { from: 'user' });
  return exitCode;
}

type Run = (module: CommandModule, command: Command) => Promise<void>;

/** Gives a command the arguments, the options and the story of its module. */
function addModule(command: Command, module: CommandModule, run: Run): void {
  if (module.arguments) command.arguments(module.arguments);
  addOptions(command, { ...module.options, ...commonOptions });
  command.addHelpText('after', `\n${module.examples}`);
  command.action(async () => run(module, command));
}

async function addSubcommands(
  group: Command,
  entries: Readonly<Record<string, CommandEntry>>,
  run: Run,
): Promise<void> {
  const examples: string[] = [];
  for (const [name, { summary, load }] of Object.entries(entries)) {
    const command = group.command(name).summary(summary).description(summary);
    command.helpOption('--help', 'print this help');
    const module = await load();
    addModule(command, module, run);
    examples.push(
      ...module.examples
        .split('\n')
        .filter((line) => line.startsWith('  secuml '))
        .slice(0, 1),
    );
  }
  const more = `secuml help ${group.name()} ${Object.keys(entries)[0]} tells more of one.`;
  group.addHelpText('after', `\nExamples:\n${examples.join('\n')}\n\n${more}`);
}

const topLevelExamples = `
Examples:
  secuml check --project SpamHam --dataset spamassassin
  secuml classify --project SpamHam --dataset spamassassin
  secuml help classify`;

/** The subcommand that the arguments name: only that one's module is loaded. */
function chosenCommand(argv: readonly string[]): CommandName | undefined {
  const words = argv.filter((word) => !word.startsWith('-'));
  const name = words[0] === 'help' ? words[1] : words[0];
  return name !== undefined && Object.hasOwn(commands, name) ? (name as CommandName) : undefined;
}

/** `help labels import` as `labels import --help`: the help command itself looks no deeper than the first name. */
function directed(argv: readonly string[]): string[] {
  const [first, group, ...topic] = argv.filter((word) => !word.startsWith('-'));
  return first === 'help' && topic.length > 0 ? [group, ...topic, '--help'] : [...argv];
}

/** `help nope` would print the help of everything, as if there were nothing to say of it. */
function refuseUnknownTopic(argv: readonly string[]): void {
  const [first, topic] = argv.filter((word) => !word.startsWith('-'));
  if (first !== 'help' || topic === undefined || topic === 'help' || Object.hasOwn(commands, topic)) return;
  const known = Object.keys(commands);
  throw new UserError(`there is no command "${printable(topic)}"${nearest(topic, known)}`, {
    hint: `the commands: ${known.join(', ')}`,
  });
}

function quoteForShell(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
