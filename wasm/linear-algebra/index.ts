export { fourRows } from './four-rows';
export { addProducts } from './products';
export { sumWeightedColumns } from './weighted-columns';
