"""What is sent to the API and answered by it, with the limits of each value. Moments are ISO 8601 with a zone.

limits       what all values hold to, and why something was not done
documents    uploads, the queue, documents with their tasks
tasks        tasks of the register, and what an officer says of one
corrections  what is sent to correct a document, and its log
tokens       what other systems call with
"""
