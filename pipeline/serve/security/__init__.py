"""What stands between a request and the pages, each in a module: names, headers, bodies, people, tokens of forms."""
