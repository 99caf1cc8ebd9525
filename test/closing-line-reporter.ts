import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with what failed, the suites that were left out, and the line `N passed, N failed`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { message?: string }[]): void {
    let passed = 0;
    let failed = 0;
    const leftOut = new Map<string, number>();
    const fail = (where: string, errors: readonly { message?: string; stack?: string }[]): void => {
      failed++;
      console.log(`failed: ${where}`);
      for (const error of errors) console.log(`  ${error.stack ?? error.message ?? String(error)}`);
    };
    for (const module of modules) {
      const before = passed + failed;
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') fail(`${module.relativeModuleId}: ${test.fullName}`, errors);
        else leftOut.set(module.relativeModuleId, (leftOut.get(module.relativeModuleId) ?? 0) + 1);
      }
      // A file that could not even be loaded has no tests to fail.
      if (module.state() === 'failed' && passed + failed === before) fail(module.relativeModuleId, module.errors());
    }
    for (const error of unhandledErrors) fail('an error outside of any test', [error]);
    for (const [file, count] of leftOut) console.log(`left out: ${file} (${count} tests)`);
    console.log(`${passed} passed, ${failed} failed`);
  }
}
