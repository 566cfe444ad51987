"""The program at a pseudo-terminal: what it says there, and what is typed to it."""
import os
import pty


def has_terminal():
    """Whether this machine has pseudo-terminals; why not, where it has none."""
    try:
        for fd in os.openpty():
            os.close(fd)
    except OSError as reason:
        return reason
    return None


def on_terminal(arguments, typed=b"", **environment):
    """Run with standard input, output and error on a terminal, and type; what it got, and the exit code.

    What is typed waits in the terminal until the program reads it; b"\\x04" is the end of the input."""
    verband = os.environ["VERBAND_BINARY"]
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(verband, [verband, *arguments], {**os.environ, **environment})
    if typed:
        os.write(fd, typed)
    got = b""
    while True:
        try:
            piece = os.read(fd, 65536)
        except OSError:
            break
        if not piece:
            break
        got += piece
    os.close(fd)
    return got.decode("utf-8"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
