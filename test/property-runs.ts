import * as fc from 'fast-check';

/**
 * Property tests draw the same examples every time, so that a run of the suite is repeatable. `SECUML_PROPERTY_SEED`
 * draws others and `SECUML_PROPERTY_RUNS` more of them: for looking for what nobody thought of.
 */
const runs = Number(process.env.SECUML_PROPERTY_RUNS ?? 100);
const seed = Number(process.env.SECUML_PROPERTY_SEED ?? 20011115);
fc.configureGlobal({ numRuns: runs, seed });
