"""The report: words, figures and the page that holds them. It reads an assessment and changes nothing."""
