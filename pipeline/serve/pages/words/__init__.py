"""The words of the pages that have many, a module a page; in both languages."""
