"""Reports as files: the same content object drawn as a web page and as a PDF."""
