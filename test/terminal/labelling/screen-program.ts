/**
 * The labelling screen over a loop in memory, as a program: what drives it is a terminal. Its argument is JSON: the
 * options of the loop, `plain`, `hostile` idents, `breaks`, and `someone`, a query that
 * somebody else answers at the first SIGUSR2; every other one is a step of a stepwise computing.
 */
import { watchOutput } from '../../../src/terminal/process-streams.js';
import { runLabellingScreen } from '../../../src/terminal/labelling/run-labelling-screen.js';
import { MemorySession } from './memory-session.js';

watchOutput(process);
const wished = JSON.parse(process.argv[2] ?? '{}');
const hostile = [
  'plain name',
  'red \u001b[31mink\u0007',
  '右から左\u202egnp.exe',
  'e\u0301\u0301\u0301\u0301\u0301 zalgo',
  'x'.repeat(400),
];
const session = new MemorySession({
  ...wished,
  ...(wished.hostile ? { idents: (n: number) => hostile[n % hostile.length] } : {}),
});
let someone = wished.someone;
process.on('SIGUSR2', () => {
  if (someone) session.someoneAnswers(someone, { label: 'benign', family: 'ftp' });
  else session.nextStep();
  someone = undefined;
});
if (wished.breaks) {
  session.answer = () => Promise.reject(new Error('something broke'));
}
const { stdin: input, stdout: output, stderr: errors, env: environment } = process;
const outcome = await runLabellingScreen(
  session,
  { input, output, errors, environment, process },
  {
    plain: wished.plain,
    resumeCommand: 'secuml label m-1',
    original: async (id) => ({
      text: `From: someone\nSubject: ${id}\n\n${'a line of text\n'.repeat(60)}`,
      problem: null,
    }),
  },
);
await session.close();
process.stderr.write(`${JSON.stringify({ ...outcome, events: session.log.length })}\n`);
process.exit(outcome.ended === 'interrupted' ? 130 : 0);
