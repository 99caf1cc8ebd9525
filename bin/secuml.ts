#!/usr/bin/env node
import { exitUser, main } from '../src/main.js';
import { cancelOnInterrupt, flushed, watchOutput } from '../src/terminal/process-streams.js';

const outputFailure = watchOutput(process);
const { stdin, stdout, stderr, env: environment } = process;
const signal = cancelOnInterrupt(process);
const code = await main(process.argv.slice(2), { streams: { stdin, stdout, stderr }, environment, signal });
await Promise.all([flushed(stdout), flushed(stderr)]);
const failure = outputFailure();
if (failure) stderr.write(`error: the output could not be written: ${failure.message}\n`);
process.exit(failure && code === 0 ? exitUser : code);
