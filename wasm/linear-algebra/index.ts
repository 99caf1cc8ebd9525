export { addProducts } from './products';
export { addSparseProducts } from './sparse-products';
export { sumWeightedColumns } from './weighted-columns';
