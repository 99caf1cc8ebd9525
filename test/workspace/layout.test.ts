import { describe, expect, it } from 'vitest';
import { checkOutputProject } from '../../src/workspace/layout.js';

describe('names of projects', () => {
  it.each(['secuml.db', 'SecuML.DB', 'secuml.db-wal', 'removed'])('%s is refused, as it clashes', (name) => {
    expect(() => checkOutputProject(name)).toThrow(`a project cannot be called "${name}"`);
  });

  it('others are taken', () => expect(() => checkOutputProject('secuml.database')).not.toThrow());
});
