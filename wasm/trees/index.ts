export { search, start } from './search';
export { copyRows, locate, split } from './tree';
