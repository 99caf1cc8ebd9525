export { codeColumns } from './codes';
export { largest, logistic, quantise, sumRows } from './derivatives';
export { addBlocks, addSparse, subtract } from './histogram';
export { partition } from './partition';
export { sortDoubles } from './sort';
export { findSplit } from './split';
