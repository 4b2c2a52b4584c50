"""The pages. Each module has a `router`; `pipeline.serve.app` puts them together."""
