"""What shows a document beside its rows: the server and the file that needs no server show the same two panes.

    view        a document as it is looked at: paragraphs, tables, pages with the places of their words; bytes and back
    pages       a view joined with its words, for the left pane
    rows        a document as it was decided → what each row shows, and the words that each value was read from
    context     both, as the templates are given them
    pictures    a page of a PDF file or a picture as PNG, made in a process that can be stopped
    wording     the words of the panes, in Vietnamese and in English
    panes/      templates, style and scripts
"""
