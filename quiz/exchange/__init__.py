"""Exchange: file formats in and out, one module each."""
