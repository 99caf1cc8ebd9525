export { nearest } from '../errors.js';
