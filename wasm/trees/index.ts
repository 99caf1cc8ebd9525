export { search, start } from './search';
export { copyRows, locate, split } from './tree';
export { walk } from './walk';
