import { describe, expect, it } from 'vitest';
import { frame } from '../../../src/terminal/labelling/frame.js';
import { KeyDecoder } from '../../../src/terminal/labelling/key-decoder.js';
import { paintLine } from '../../../src/terminal/labelling/paint-line.js';
import { styleFor } from '../../../src/terminal/style.js';
import { MemorySession } from './memory-session.js';
import { Play } from './play.js';

const up = '\x1b[A';
const down = '\x1b[B';
const escape = { name: 'escape' } as const;

async function playing(session = new MemorySession(), columns = 80, rows = 24): Promise<Play> {
  const play = new Play(session, { columns, rows });
  await play.rest();
  return play;
}

describe('a question on the screen', () => {
  it('shows the instance, the reason, the suggestion and what is unusual', async () => {
    const { text } = await playing();
    expect(text).toContain('NSL-KDD/train20');
    expect(text).toContain('query 1 of 6 · iteration 1');
    expect(text).toContain('connection 1');
    expect(text).toContain('the model is undecided: .52');
    expect(text).toContain('malicious · smurf   Enter accepts');
    expect(text).toContain('budget left 1,950');
    expect(text).toMatch(/feature_0\S* .*[+-]\d+\.\d +p\d+/);
    expect(text).toContain('1 neptune');
    expect(text.split('\n')).toHaveLength(24);
  });

  it('takes a sure suggestion with one key, and says that it is kept', async () => {
    const play = await playing();
    await play.press('\r');
    expect(play.session.labelOf(1)).toEqual({ label: 'malicious', family: 'smurf' });
    expect(play.text).toContain('query 1 malicious · smurf: kept');
    expect(play.text).toContain('query 2 of 6');
    await play.press(' ');
    expect(play.session.labelOf(2)).toEqual({ label: 'benign', family: 'normal' });
  });

  it('does not take a guess, nor what is not there', async () => {
    const play = await playing();
    await play.press('\r', '\r');
    expect(play.text).toContain('guess    not sure: malicious · ftp   choose yourself');
    await play.press('\r', ' ');
    expect(play.screen.seat.current).toBe(3);
    expect(play.session.log).toHaveLength(2);
    expect(play.text).toContain('the guess is not sure');
    await play.press('m', 'm', '\r');
    expect(play.screen.seat.current).toBe(5);
    expect(play.text).toContain('there is no suggestion');
  });

  it('answers by letter and by number', async () => {
    const play = await playing();
    await play.press('m', 'b', '3', '9');
    expect([1, 2, 3, 4].map((n) => play.session.labelOf(n))).toEqual([
      { label: 'malicious', family: null },
      { label: 'benign', family: null },
      { label: 'benign', family: 'normal' },
      null,
    ]);
    expect(play.text).toContain('no family has the key 9 yet');
  });

  it('names a family by some letters, by the arrows, or a new one', async () => {
    const play = await playing();
    await play.press('f', 'nep', '\r', 'f', up, down, down, '\r', 'f', 'brand new');
    expect(play.text).toContain('> malicious  brand new   new family');
    await play.press(down, '\r');
    expect([1, 2, 3].map((n) => play.session.labelOf(n)?.family)).toEqual(['neptune', 'smurf', 'brand new']);
    expect(play.session.labelOf(3)?.label).toBe('benign');
    await play.press('f', 'x', escape);
    expect(play.session.labelOf(4)).toBeNull();
    expect(play.screen.pane.pane).toBe('none');
  });

  it('skips, doubts, goes back and forth, and comes to what is open', async () => {
    const play = await playing();
    await play.press('s', '?');
    expect(play.session.view.queries.map(({ state }) => state).slice(0, 3)).toEqual(['skipped', 'unsure', 'open']);
    await play.press('p', 'p');
    expect(play.screen.seat.current).toBe(1);
    expect(play.text).toContain('skipped');
    await play.press('\x1b[C', '\t');
    expect(play.screen.seat.current).toBe(3);
    await play.press('p', 'p', 'p');
    expect(play.text).toContain('this is the first query');
  });

  it('settles what is alike after showing it', async () => {
    const play = await playing();
    await play.press('D');
    expect(play.text).toContain('like connection 1   id i1-like-0');
    expect(play.text).toContain('settles 2 others');
    await play.press('m');
    expect(play.text).toContain('and 2 others like it: kept');
    expect(play.session.log.map((event) => event.instance_id)).toEqual(['i1', 'i1-like-0', 'i1-like-1']);
    await play.press('D', escape, 'm');
    expect(play.session.log).toHaveLength(4);
    await play.press('D', 'f', 'zzz', '\r');
    expect(play.session.log).toHaveLength(7);
  });

  it('settles nothing that is out of sight', async () => {
    const play = await playing();
    await play.press('D', 'd', 'm');
    expect(play.session.log).toHaveLength(1);
  });
});

describe('taking back', () => {
  it('goes back through everything, skipped ones too', async () => {
    const play = await playing();
    await play.press('m', 's', 'D', 'b', 'u');
    expect(play.screen.seat.current).toBe(3);
    expect(play.session.labelOf(3)).toBeNull();
    expect(play.text).toContain('taken back: query 3');
    await play.press('u', 'u');
    expect(play.screen.seat.current).toBe(1);
    expect(play.session.view.queries.every(({ state }) => state === 'open')).toBe(true);
    await play.press('u');
    expect(play.text).toContain('nothing more to take back');
  });

  it('gives keys pressed meanwhile to the query that comes back', async () => {
    const play = await playing();
    await play.press('m');
    for (const text of ['u', 'b', 'm']) play.hit({ name: 'text', text });
    await play.rest();
    expect(play.session.labelOf(1)).toEqual({ label: 'benign', family: null });
    expect(play.session.labelOf(2)).toEqual({ label: 'malicious', family: null });
  });

  it('takes back an answer of an earlier iteration', async () => {
    const play = await playing(new MemorySession({ batch: 1 }));
    await play.press('m', 'u');
    expect(play.screen.seat.current).toBe(1);
    expect(play.text).toContain('iteration 1');
    expect(play.text).toMatch(/label {4}none {3}taken back, me/);
    await play.press('b', 'm');
    expect(play.session.labelOf(1)).toEqual({ label: 'benign', family: null });
    expect(play.session.labelOf(2)).toEqual({ label: 'malicious', family: null });
  });
});

describe('several people', () => {
  it('shows an answer given elsewhere', async () => {
    const play = await playing();
    play.session.someoneAnswers(1, { label: 'benign', family: 'ftp' });
    await play.rest();
    expect(play.text).toContain('anna answered this one: benign · ftp');
    play.session.someoneAnswers(3, { label: 'malicious', family: 'worm of anna' });
    await play.rest();
    // It can be chosen by everybody.
    expect(play.text).toContain('worm of anna');
    play.now += 1000;
    await play.press('m');
    // It stood there to be seen.
    expect(play.screen.seat.again).toEqual([]);
    expect(play.session.labelOf(1)).toEqual({ label: 'malicious', family: null });
  });

  it('asks again what was overtaken, before anything else', async () => {
    const play = await playing();
    play.session.someoneAnswers(1, { label: 'benign', family: 'ftp' });
    play.now -= 900;
    await play.press('m');
    expect(play.text).toContain('anna answered it too (benign · ftp); it is asked again next');
    await play.press('m');
    expect(play.screen.seat.current).toBe(1);
    expect(play.text).toContain('anna: benign · ftp; you: malicious   Enter keeps yours');
    await play.press('\r');
    expect(play.session.labelOf(1)?.label).toBe('malicious');
    expect(play.screen.seat.current).toBe(3);
    await play.press('p', 'p', 'b');
    expect(play.session.labelOf(1)?.label).toBe('benign');
    expect(play.screen.seat.again).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it('says what was not kept, and asks it again', async () => {
    const play = await playing();
    play.session.refusing = true;
    await play.press('m');
    expect(play.text).toContain('query 1 was NOT kept: no space left on the disk');
    play.session.refusing = false;
    await play.press('b');
    expect(play.screen.seat.current).toBe(1);
    expect(play.text).toContain('give it once more');
    await play.press('b');
    expect(play.session.log.map((event) => event.instance_id)).toEqual(['i2', 'i1']);
    expect(play.screen.seat.answers).toBe(2);
  });

  it('ignores a pasted text', async () => {
    const play = await playing();
    await play.press('\x1b[200~mmmm\rbbb\x1b[201~');
    expect(play.session.log).toEqual([]);
    expect(play.text).toContain('a pasted text is no answer');
    await play.press('f', '\x1b[200~pasted \x1b[31mname\nq\x1b[201~', '\r');
    expect(play.session.labelOf(1)?.family).toBe('pasted [31mname');
  });

  it('asks nothing that cannot be seen', async () => {
    const play = await playing(new MemorySession(), 59, 20);
    expect(play.text).toContain('59 x 20');
    await play.press('m', '\r', 'u');
    expect(play.session.log).toEqual([]);
    await play.press('q');
    expect(play.left).toEqual([{ call: 'quit', how: 'quit' }]);
  });
});

describe('iterations', () => {
  it('names the unanswered queries before going on', async () => {
    const play = await playing();
    await play.press('m', 'N');
    expect(play.text).toContain('5 queries of this iteration have no answer');
    expect(play.text).toContain('connection 6');
    await play.press(escape);
    expect(play.session.view.iteration).toBe(1);
    await play.press('N', 'y');
    expect(play.session.view.iteration).toBe(2);
    expect(play.text).toContain('query 1 of 6 · iteration 2');
  });

  it('shows queries as they come, and earlier ones meanwhile', async () => {
    const play = await playing(new MemorySession({ batch: 2, stepwise: true }));
    await play.press('m', 'b');
    expect(play.text).toContain('Iteration 2: computing');
    expect(play.text).toContain('fitting the model 0 of 4');
    await play.press('p');
    expect(play.text).toContain('label    benign');
    await play.press('n');
    expect(play.screen.seat.current).toBeNull();
    play.session.nextStep();
    expect(play.text).toContain('fitting the model 2 of 4');
    // How the loop went: the model of each iteration, and how often suggestions were right.
    expect(play.text).toMatch(/ROC AUC \(cv\) +suggestions right/);
    expect(play.text).toMatch(/0\.9750 +90\.0 %/);
    play.session.nextStep();
    await play.rest();
    expect(play.text).toContain('query 1 of 1+ · iteration 2');
  });

  it('ends with the reason', async () => {
    const play = await playing(new MemorySession({ batch: 1, iterations: 1 }));
    await play.press('m');
    expect(play.text).toContain('Finished: the budget is used up');
    await play.press('N', 'm');
    expect(play.session.log).toHaveLength(1);
    await play.press('u');
    expect(play.session.labelOf(1)).toBeNull();
  });
});

describe('panes', () => {
  it('scrolls and searches all features', async () => {
    const play = await playing(new MemorySession({ features: 300 }));
    await play.press('d', '\x1b[F');
    expect(play.text).toContain('feature_299_');
    await play.press('/', 'RE_12', '\r');
    expect(play.text).toContain('search RE_12');
    expect(play.text).toContain('11 of 300 features');
    await play.press('o', 'm');
    expect(play.session.log).toHaveLength(1);
  });

  it('lists the keys, and leaves the list by any other', async () => {
    const play = await playing();
    await play.press('h');
    expect(play.text).toContain('accept the suggestion');
    await play.press('m');
    expect(play.session.log).toEqual([]);
    expect(play.text).toContain('connection 1');
  });

  it('shows the original as text', async () => {
    const play = await playing();
    await play.press('i');
    play.happen({ came: 'original', n: 1, original: { text: 'Subject: \u001b[2J\tx', problem: null } });
    expect(play.text).toContain('Subject: \\u{1b}[2J    x');
    await play.press('q');
    expect(play.screen.pane.pane).toBe('none');
    expect(play.left).toEqual([{ call: 'original', n: 1 }]);
  });
});

describe('drawing', () => {
  it('takes little time for 1,000 features on a large screen', async () => {
    const play = await playing(new MemorySession({ features: 1000, batch: 100 }), 200, 60);
    const style = styleFor(process.stdout, {});
    const draw = (): void => {
      for (const line of frame(play.screen)) paintLine(line, style, true);
    };
    const presses = ['m', 'd', '\x1b[6~', 'o', 'o', '\r', 'b', 'h', 'q', 'f', 'n', '\x1b[B', '\r'].flatMap((one) =>
      new KeyDecoder().feed(one),
    );
    draw();
    const rounds = 3;
    let spent = 0;
    for (let round = 0; round < rounds; round++) {
      for (const key of presses) {
        // Time of the processor: other programs may be running.
        const before = process.cpuUsage();
        play.hit(key);
        draw();
        const { user, system } = process.cpuUsage(before);
        spent += (user + system) / 1000;
        await play.rest();
      }
    }
    expect(spent / (rounds * presses.length)).toBeLessThan(50);
  });
});
