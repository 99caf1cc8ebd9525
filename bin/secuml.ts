#!/usr/bin/env node
import { main } from '../src/main.js';
import { cancelOnInterrupt, ignoreBrokenPipe } from '../src/terminal/process-signals.js';

ignoreBrokenPipe(process);
const { stdin, stdout, stderr, env: environment } = process;
const code = await main(process.argv.slice(2), {
  streams: { stdin, stdout, stderr },
  environment,
  signal: cancelOnInterrupt(process),
});
process.exit(code);
