export { products } from './products';
export { narrow, polynomial, radial, sigmoid, weightedSum } from './transform';
export { pick, step } from './working-set';
