"""What is uploaded is read here: taken in, queued, read in processes that can be stopped, told to whoever watches."""
