"""Making up pages: the straight way from a galley to a PDF, without a browser's box model in between."""
