// Loaded into `secuml serve` by bench/serve-rows.mjs: tells over the channel between the two, when asked, the longest
// time (milliseconds) that the thread which speaks HTTP was kept from its event loop since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const resolution = 5;
if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  process.on('message', () => {
    process.send(Math.max(0, delay.max / 1e6 - resolution));
    delay.reset();
  });
  process.channel.unref();
}
