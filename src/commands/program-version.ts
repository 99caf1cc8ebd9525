export { programName, programVersion } from '../workspace/program-version.js';
