"""Parameters fitted to the learner's own reviews, and tried on later ones before they are adopted."""
