"""The first head: every command works without a display.

main     the program's entry, errors and exit statuses    progress   bars and lines on standard error
filing   add, update, retry, remove                       asking     ask, one question or many
report   what became of files, in lines or JSON           passwords  asked for at a terminal
keeping  status, check                                    models     list, check, add models
answers  an answer for a terminal                         options    what commands have in common
evaluating         measure a library by questions         evaluation_lines   the figures for a terminal
"""
