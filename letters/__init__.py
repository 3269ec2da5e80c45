"""Letters and data sheets: a case and its view become a page, a page becomes text, HTML or PDF."""
