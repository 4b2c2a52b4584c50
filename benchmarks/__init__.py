"""How fast documents are read, beside the raw libraries in the same run: ``python -m benchmarks``.

Each module of `SUBJECTS` measures one subject with ``run(small)``, which returns the `Figure` lines of `measure`. To
add one: a module with that function, and its name in the tuple.
"""

SUBJECTS = (
    "pdf_text", "pdf_tables", "docx_paragraphs", "pdf_memory", "ocr_page", "doc_batch", "other_formats", "tracker",
    "comparison", "startup", "extraction", "conversion", "scaling", "batch", "serving",
)  # fmt: skip
