export { largest, logistic, quantise, sumRows } from './derivatives';
export { addDense, addSparse, subtract } from './histogram';
export { partition } from './partition';
export { findSplit } from './split';
