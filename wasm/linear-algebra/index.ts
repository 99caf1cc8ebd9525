export { fourRows } from './four-rows';
export { addProducts } from './products';
