"""Runs a program in a terminal of its own and plays a person at it.

Usage: python3 pty-driver.py < PLAY, where PLAY is JSON:
  command   the program with its arguments
  columns, rows
  cwd       the folder it runs in
  env       environment variables that differ (null: unset)
  steps     a list of
              {"see": TEXT}            waits until the screen shows TEXT
              {"gone": TEXT}           waits until the screen does not
              {"type": TEXT}           types it at once
              {"resize": [COLUMNS, ROWS]}
              {"signal": NAME}         sends it to the program
              {"stopped": true}        waits until the program is stopped
              {"pause": SECONDS}
              {"hang up": true}        the terminal is gone: the last step
              {"keep": NAME}           keeps what the screen shows
Prints JSON: status, the kept screens, all that was sent, whether the terminal is as it was (settings and screen), and
for every typed text the milliseconds until the screen began to change, and until it was at rest again.
"""

import errno
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

patience = 50.0


class Screen:
    """As much of a terminal as the program uses: two screens, a cursor, and lines that are erased."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.alternate = False
        self.cursor, self.paste, self.wraps = True, False, True
        self.row = self.column = 0
        self.lines = {False: {}, True: {}}
        self.rest = ''

    def text(self):
        lines = self.lines[self.alternate]
        return '\n'.join(lines.get(row, '').rstrip() for row in range(self.rows))

    def feed(self, data):
        data = self.rest + data
        self.rest = ''
        at = 0
        while at < len(data):
            character = data[at]
            if character == '\x1b':
                found = re.compile(r'\x1b(\[([?0-9;]*)([@-~])|[^\[])').match(data, at)
                if not found:
                    self.rest = data[at:]
                    return
                if found.group(3):
                    self.control(found.group(2), found.group(3))
                at = found.end()
                continue
            at += 1
            if character == '\r':
                self.column = 0
            elif character == '\n':
                self.row += 1
                if self.row >= self.rows:
                    self.row = self.rows - 1
                    lines = self.lines[self.alternate]
                    self.lines[self.alternate] = {row - 1: line for row, line in lines.items() if row > 0}
            elif character >= ' ':
                line = self.lines[self.alternate].get(self.row, '').ljust(self.column)
                self.lines[self.alternate][self.row] = line[:self.column] + character + line[self.column + 1:]
                self.column += 1

    def control(self, arguments, final):
        modes = {'?25': 'cursor', '?2004': 'paste', '?7': 'wraps', '?1049': 'alternate'}
        if arguments in modes and final in 'hl':
            if arguments == '?1049' and final == 'h':
                self.saved = self.row, self.column
            elif arguments == '?1049' and self.alternate:
                self.row, self.column = self.saved
            setattr(self, modes[arguments], final == 'h')
        elif final == 'H':
            row, column = (arguments.split(';') + ['1'])[:2] if arguments else ('1', '1')
            self.row, self.column = int(row) - 1, int(column) - 1
        elif final == 'K':
            line = self.lines[self.alternate].get(self.row, '')
            self.lines[self.alternate][self.row] = line[:self.column]
        elif final == 'J':
            self.lines[self.alternate] = {}

    def plain(self):
        return self.cursor and not self.paste and self.wraps and not self.alternate


def shell(slave, tells, command, environment):
    """Runs a program in the terminal's foreground as a shell does: one that is stopped needs somebody to stop for."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    # The program's end and ours are one: nobody hangs up before it is told.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(slave, os.getpid())
        for name in (signal.SIGTTOU, signal.SIGHUP):
            signal.signal(name, signal.SIG_DFL)
        for stream in (0, 1, 2):
            os.dup2(slave, stream)
        os.closerange(3, 64)
        os.execvpe(command[0], command, environment)
    os.write(tells, f'{pid}\n'.encode())
    while True:
        _, status = os.waitpid(pid, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            os.write(tells, b'stopped\n')
        else:
            os.write(tells, f'ended {os.waitstatus_to_exitcode(status)}\n'.encode())
            os._exit(0)


class Person:
    def __init__(self, play):
        self.screen = Screen(play['columns'], play['rows'])
        self.sent, self.kept, self.delays, self.buffer = '', {}, [], b''
        self.ended, self.hung = None, False
        self.open(play)

    def open(self, play):
        environment = dict(os.environ)
        for name, value in play.get('env', {}).items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        self.master, self.slave = pty.openpty()
        self.resize(play['columns'], play['rows'])
        self.before = termios.tcgetattr(self.slave)
        self.told, tells = os.pipe()
        self.news = ''
        self.shell = os.fork()
        if self.shell == 0:
            os.close(self.master)
            os.chdir(play['cwd'])
            shell(self.slave, tells, play['command'], environment)
        os.close(tells)
        while '\n' not in self.news:
            self.news += os.read(self.told, 4096).decode()
        self.pid = int(self.news.split('\n', 1)[0])

    def resize(self, columns, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
        self.screen.columns, self.screen.rows = columns, rows

    def read(self, seconds):
        """Reads what comes within a time; true if something came."""
        if self.hung:
            time.sleep(min(seconds, 0.02))
            return False
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        # The programs under test write whole characters but for the end of a full buffer.
        self.buffer += data
        try:
            text, self.buffer = self.buffer.decode(), b''
        except UnicodeDecodeError as error:
            text, self.buffer = self.buffer[:error.start].decode(), self.buffer[error.start:]
        self.sent += text
        self.screen.feed(text)
        return True

    def until(self, condition, what):
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f'waited in vain for {what}; the screen shows:\n{self.screen.text()}')
            self.read(0.02)
            self.poll()

    def poll(self):
        while self.ended is None and select.select([self.told], [], [], 0)[0]:
            self.news += os.read(self.told, 4096).decode()
            for line in self.news.split('\n'):
                if line.startswith('ended '):
                    self.ended = int(line[6:])

    def do(self, step):
        (what, value), = step.items()
        if what == 'see':
            self.until(lambda: value in self.screen.text(), repr(value))
        elif what == 'gone':
            self.until(lambda: value not in self.screen.text(), f'the end of {value!r}')
        elif what == 'type':
            start = last = time.monotonic()
            os.write(self.master, value.encode())
            first = None
            while self.read(0.06 if first else 1):
                last = time.monotonic()
                first = first or last
            self.delays.append([round(((end or start) - start) * 1000, 1) for end in (first, last)])
        elif what == 'resize':
            self.resize(*value)
        elif what == 'signal':
            self.news = self.news.replace('stopped\n', '')
            os.kill(self.pid, getattr(signal, value))
        elif what == 'stopped':
            self.until(lambda: 'stopped\n' in self.news, 'the program to stop')
            self.kept['stopped'] = 'as it was' if self.as_it_was() else 'not as it was'
        elif what == 'pause':
            end = time.monotonic() + value
            while time.monotonic() < end:
                self.read(0.02)
        elif what == 'hang up':
            os.close(self.master)
            self.hung = True
        elif what == 'keep':
            self.kept[value] = self.screen.text()
        else:
            raise ValueError(f'no such step: {what}')

    def as_it_was(self):
        if self.hung:
            return False
        while self.read(0.05):
            pass
        return termios.tcgetattr(self.slave)[:4] == self.before[:4] and self.screen.plain()

    def end(self):
        end = time.monotonic() + patience
        while self.ended is None and time.monotonic() < end:
            self.read(0.02)
            self.poll()
        if self.ended is None:
            os.kill(self.pid, signal.SIGKILL)
            raise TimeoutError(f'the program did not end; the screen shows:\n{self.screen.text()}')


def main():
    play = json.load(sys.stdin)
    person = Person(play)
    try:
        for step in play['steps']:
            person.do(step)
        person.end()
    finally:
        if person.ended is None:
            os.kill(person.pid, signal.SIGKILL)
    restored = person.as_it_was()
    result = {'status': person.ended, 'kept': person.kept, 'sent': person.sent, 'restored': restored,
              'left': person.screen.text(), 'delays': person.delays}
    json.dump(result, sys.stdout)


main()
