"""Plans and directives that nobody wrote: a grammar of their words (`grammar`), and what they look like as files.

A `Paper` of `model` is what a document says; `docx_form`, `pdf_form` and `plain_forms` write it.
"""
