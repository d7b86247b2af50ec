"""Other programs: cards, questions and reviews out of their files, and into them."""
