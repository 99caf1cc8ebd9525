import { effect, signal } from '@preact/signals';
import { remembered } from '../instance/remembered.js';

/** The label set of those who chose none. */
export const usualSet = 'main';

/** The label set that pages write answers into, the same on every page; the browser remembers it. */
export const chosenSet = signal(remembered.get('label-set') ?? usualSet);

/** The name that is stored with each answer; the browser remembers it. */
export const authorName = signal(remembered.get('author') ?? '');

effect(() => remembered.set('label-set', chosenSet.value));
effect(() => remembered.set('author', authorName.value));
