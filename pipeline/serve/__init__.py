"""The server: pages for review and an API for other systems, over the tables of the export.

It listens on this machine alone and knows no login there; reached by others it demands users and roles.
"""
