import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with the suites that were left out and the line `N passed, N failed`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const leftOut = new Map<string, number>();
    for (const module of modules) {
      const before = passed + failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else leftOut.set(module.relativeModuleId, (leftOut.get(module.relativeModuleId) ?? 0) + 1);
      }
      // A file that could not even be loaded has no tests to fail.
      if (module.state() === 'failed' && passed + failed === before) failed++;
    }
    for (const [file, count] of leftOut) console.log(`left out: ${file} (${count} tests)`);
    console.log(`${passed} passed, ${failed} failed`);
  }
}
