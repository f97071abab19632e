"""A file of a page (text, web page, Word document) becomes numbered lines with what the file says of them."""
