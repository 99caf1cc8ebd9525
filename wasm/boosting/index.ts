export { addDense, addSparse, subtract } from './histogram';
export { partition } from './partition';
export { findSplit } from './split';
