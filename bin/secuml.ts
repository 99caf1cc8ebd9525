#!/usr/bin/env node
import { main } from '../src/main.js';
import { cancelOnInterrupt, flushed, ignoreBrokenPipe } from '../src/terminal/process-streams.js';

ignoreBrokenPipe(process);
const { stdin, stdout, stderr, env: environment } = process;
const signal = cancelOnInterrupt(process);
const code = await main(process.argv.slice(2), { streams: { stdin, stdout, stderr }, environment, signal });
await Promise.all([flushed(stdout), flushed(stderr)]);
process.exit(code);
