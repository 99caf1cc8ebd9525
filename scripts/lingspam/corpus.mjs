/** Reads a Ling-Spam corpus directory: part1 to part10, one mail per file, spam told by the file's name. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../text/command-line.mjs';

const PART = /^part\d+$/;
const MAIL = /\.txt$/;
const SPAM = /^spmsg/;
const SUBJECT_HEADER = /^Subject:/i;

/** @typedef {{ name: string, label: 'malicious' | 'benign', text: string }} LingMail */

/** @param {string} name */
const digest = (name) => createHash('sha256').update(name).digest('hex');

/**
 * @param {string} directory
 * @returns {Promise<LingMail[]>} in an order that says nothing about the labels
 */
export async function readLingSpam(directory) {
  const parts = (await readdir(directory)).filter((name) => PART.test(name)).sort();
  if (parts.length === 0) {
    throw new UserError(`${directory} has no folders part1, part2, …; give the corpus's folder "bare"`);
  }
  /** @type {Map<string, LingMail>} */
  const mails = new Map();
  for (const part of parts) {
    for (const name of (await readdir(join(directory, part))).filter((file) => MAIL.test(file))) {
      if (mails.has(name))
        throw new UserError(`${name} occurs in two parts of ${directory}; each mail must occur once`);
      const text = (await readFile(join(directory, part, name), 'latin1')).replace(SUBJECT_HEADER, '');
      mails.set(name, { name, label: SPAM.test(name) ? 'malicious' : 'benign', text });
    }
  }
  if (mails.size === 0) throw new UserError(`${directory} holds no mails (part*/*.txt)`);
  return [...mails.values()].sort((a, b) => (digest(a.name) < digest(b.name) ? -1 : 1));
}
