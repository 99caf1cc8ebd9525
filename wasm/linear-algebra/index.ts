export { addProducts } from './products';
